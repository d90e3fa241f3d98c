using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace TownReform.Silo.Identity;

/// <summary>Hashes and checks passwords, as many at once as there are processors: each takes a tenth of a second of one.</summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>PBKDF2 with HMAC-SHA-512, as OWASP advises.</summary>
    private const int Iterations = 210_000;

    /// <summary>Waiting in line at most; whoever comes then is told to come again.</summary>
    private const int MostInLine = 64;

    private readonly PasswordHasher<Account> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim turn = new(Environment.ProcessorCount, Environment.ProcessorCount);
    private readonly string nobodys;
    private int inLine;

    public Passwords() => nobodys = hasher.HashPassword(null!, Guid.Empty.ToString());

    /// <exception cref="TooManyAtOnceException">The line is full.</exception>
    public Task<string> HashAsync(string password) => InTurnAsync(() => hasher.HashPassword(null!, password));

    /// <summary>Whether a password is the one that was hashed. Without a hash it takes as long, and says no.</summary>
    /// <exception cref="TooManyAtOnceException">The line is full.</exception>
    public Task<bool> IsAsync(string? hash, string password) =>
        InTurnAsync(() =>
            hasher.VerifyHashedPassword(null!, hash ?? nobodys, password) != PasswordVerificationResult.Failed && hash is not null
        );

    public void Dispose() => turn.Dispose();

    private async Task<T> InTurnAsync<T>(Func<T> work)
    {
        try
        {
            if (Interlocked.Increment(ref inLine) > MostInLine)
            {
                throw new TooManyAtOnceException();
            }

            await turn.WaitAsync();
            try
            {
                return work();
            }
            finally
            {
                turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref inLine);
        }
    }
}

/// <summary>More people sign in at this moment than the machine can check.</summary>
internal sealed class TooManyAtOnceException()
    : InvalidOperationException("Too many passwords to check at once; come again a little later.");
