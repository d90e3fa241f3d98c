using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>What came of a proof, and whose it was.</summary>
/// <param name="Account">Null for a name that nobody has.</param>
internal sealed record Proof(SignInOutcome Outcome, StoredAccount? Account)
{
    public bool Holds => Outcome is SignInOutcome.SignedIn;
}

/// <summary>Judges who somebody is. Whatever is wrong, the answer takes as long and says the same.</summary>
internal sealed class SignIns(
    AccountStore accounts,
    AttemptStore attempts,
    SecondFactors second,
    Passwords passwords,
    SignInLimits limits,
    TimeProvider time
)
{
    /// <summary>Name and password.</summary>
    /// <returns>Signed in, a code wanted, or one of the reasons why not, which nobody outside is told.</returns>
    /// <exception cref="TooManyAtOnceException">More people sign in than the machine can check.</exception>
    public async Task<Proof> ByPasswordAsync(string name, string password, string address)
    {
        var account = await accounts.FindByNameAsync(name);
        var attempt = await attempts.BeginAsync(account?.Id, "password", address, time.GetUtcNow());
        var isRight = await passwords.IsAsync(attempt.IsAllowed ? account?.PasswordHash : null, password);
        return await EndAsync(
            attempt,
            account is null ? SignInOutcome.UnknownName
                : !attempt.IsAllowed ? SignInOutcome.Locked
                : !isRight ? SignInOutcome.WrongPassword
                : account.Account.DisabledAt is not null ? SignInOutcome.Disabled
                : account.TotpOn ? SignInOutcome.CodeWanted
                : SignInOutcome.SignedIn,
            account,
            address
        );
    }

    /// <summary>A one-time code, or one of the recovery codes, after the password.</summary>
    public async Task<Proof> ByCodeAsync(StoredAccount account, string code, string address)
    {
        var attempt = await attempts.BeginAsync(account.Id, "code", address, time.GetUtcNow());
        var isRight = attempt.IsAllowed && await second.IsAsync(account, code);
        return await EndAsync(
            attempt,
            !attempt.IsAllowed ? SignInOutcome.Locked
                : isRight ? SignInOutcome.SignedIn
                : SignInOutcome.WrongCode,
            account,
            address
        );
    }

    /// <summary>Password, and code where there is one, of somebody who is signed in.</summary>
    public async Task<Proof> AgainAsync(StoredAccount account, string password, string code, string address)
    {
        var proof = await ByPasswordAsync(account.Account.SignInName, password, address);
        return proof is { Outcome: SignInOutcome.CodeWanted, Account: { } found } ? await ByCodeAsync(found, code, address) : proof;
    }

    /// <summary>The password alone of somebody who is signed in.</summary>
    public async Task<bool> IsPasswordAsync(StoredAccount account, string password, string address) =>
        (await ByPasswordAsync(account.Account.SignInName, password, address)).Outcome
            is SignInOutcome.SignedIn
                or SignInOutcome.CodeWanted;

    /// <summary>What a passkey or an outside provider has said, for the record.</summary>
    /// <param name="otherwise">Why it doesn't hold; null when it does.</param>
    public async Task<Proof> ByOtherAsync(StoredAccount? account, SignInOutcome? otherwise, string method, string address)
    {
        var attempt = await attempts.BeginAsync(account?.Id, method, address, time.GetUtcNow());
        return await EndAsync(
            attempt,
            otherwise ?? (account?.Account.DisabledAt is null ? SignInOutcome.SignedIn : SignInOutcome.Disabled),
            account,
            address
        );
    }

    /// <summary>Keeps what isn't judged: a sign-out, a changed password.</summary>
    public Task NoteAsync(SignedIn who, SignInOutcome outcome, string address) =>
        attempts.NoteAsync(who.Account.Id, outcome, who.Method, address, time.GetUtcNow());

    private async Task<Proof> EndAsync(Attempt attempt, SignInOutcome outcome, StoredAccount? account, string address)
    {
        await attempts.EndAsync(attempt, outcome);
        if (outcome is not (SignInOutcome.SignedIn or SignInOutcome.CodeWanted))
        {
            limits.Failed(address);
        }

        return new Proof(outcome, account);
    }
}
