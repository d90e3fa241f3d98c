using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>Passkeys by the framework's handler. A challenge goes to the browser sealed, and serves once, on whichever silo.</summary>
internal sealed class Passkeys(
    IPasskeyHandler<StoredAccount> handler,
    Sealed sealing,
    SessionStore used,
    PasskeyUsers users,
    TimeProvider time
)
{
    private const string ToGet = "passkey",
        ToCreate = "new passkey";

    private const int LongestName = 60;

    /// <summary>Asks a browser for a passkey of whoever has one: which accounts have any is not told.</summary>
    public async Task<IResult> AskAsync(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return Challenge(ToGet, asked.RequestOptionsJson, asked.AssertionState, "");
    }

    /// <summary>Asks a browser to make a passkey.</summary>
    /// <param name="name">What the browser calls its owner.</param>
    public async Task<IResult> OfferAsync(HttpContext http, StoredAccount account, string name)
    {
        var who = new PasskeyUserEntity
        {
            Id = account.Id,
            Name = account.Account.SignInName,
            DisplayName = name,
        };
        var offered = await handler.MakeCreationOptionsAsync(who, http);
        return Challenge(ToCreate, offered.CreationOptionsJson, offered.AttestationState, account.Id);
    }

    /// <summary>Whose passkey answered; null for nobody's.</summary>
    public async Task<StoredAccount?> WhoAsync(HttpContext http, IFormCollection form)
    {
        if (await OpenAsync(ToGet, form) is not [var state, _])
        {
            return null;
        }

        var said = await handler.PerformAssertionAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = form["answer"].ToString(),
                AssertionState = state,
            }
        );
        if (said is not { Succeeded: true, User: { } account, Passkey: { } passkey })
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(account, passkey, http.RequestAborted);
        return account;
    }

    /// <returns>False when the answer doesn't hold, or isn't to a challenge of this account.</returns>
    public async Task<bool> AddAsync(HttpContext http, StoredAccount account, IFormCollection form)
    {
        if (await OpenAsync(ToCreate, form) is not [var state, var whose] || whose != account.Id)
        {
            return false;
        }

        var said = await handler.PerformAttestationAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = form["answer"].ToString(),
                AttestationState = state,
            }
        );
        if (said is not { Succeeded: true, Passkey: { } passkey })
        {
            return false;
        }

        var name = form["passkey-name"].ToString().Trim();
        passkey.Name = name.Length is 0 or > LongestName || name.Any(char.IsControl) ? "passkey" : name;
        await users.AddOrUpdatePasskeyAsync(account, passkey, http.RequestAborted);
        return true;
    }

    private IResult Challenge(string purpose, string options, string? state, string whose) =>
        TypedResults.Json(
            new { options = JsonSerializer.Deserialize<JsonElement>(options), challenge = sealing.Seal(purpose, state ?? "", whose) }
        );

    private async Task<string[]?> OpenAsync(string purpose, IFormCollection form)
    {
        var challenge = form["challenge"].ToString();
        return
            sealing.Open(purpose, challenge) is { } parts
            && await used.UseCodeAsync("", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(challenge))), time.GetUtcNow())
            ? parts
            : null;
    }
}
