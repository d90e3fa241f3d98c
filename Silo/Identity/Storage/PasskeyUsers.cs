using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;

namespace TownReform.Silo.Identity.Storage;

/// <summary>What ASP.NET Core Identity asks of a store for its passkeys, and no more: accounts are changed by <see cref="AccountStore"/>
/// alone.</summary>
internal sealed class PasskeyUsers(AccountStore accounts, PasskeyStore passkeys) : IUserPasskeyStore<StoredAccount>
{
    public static string IdOf(byte[] credential) => Base64Url.EncodeToString(credential);

    public static UserPasskeyInfo Read(StoredPasskey kept)
    {
        var it = JsonSerializer.Deserialize<Kept>(kept.Content)!;
        return new UserPasskeyInfo(
            credentialId: Base64Url.DecodeFromChars(kept.Id),
            publicKey: it.PublicKey,
            createdAt: kept.CreatedAt,
            signCount: it.SignCount,
            transports: it.Transports,
            isUserVerified: it.IsUserVerified,
            isBackupEligible: it.IsBackupEligible,
            isBackedUp: it.IsBackedUp,
            attestationObject: it.AttestationObject,
            clientDataJson: it.ClientDataJson
        )
        {
            Name = kept.Name,
        };
    }

    public async Task AddOrUpdatePasskeyAsync(StoredAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var kept = new Kept(
            PublicKey: passkey.PublicKey,
            SignCount: passkey.SignCount,
            Transports: passkey.Transports,
            IsUserVerified: passkey.IsUserVerified,
            IsBackupEligible: passkey.IsBackupEligible,
            IsBackedUp: passkey.IsBackedUp,
            AttestationObject: passkey.AttestationObject,
            ClientDataJson: passkey.ClientDataJson
        );
        await passkeys.KeepAsync(
            new StoredPasskey(
                IdOf(passkey.CredentialId),
                user.Id,
                passkey.Name ?? "passkey",
                passkey.CreatedAt,
                JsonSerializer.Serialize(kept)
            )
        );
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(StoredAccount user, CancellationToken cancellationToken) =>
        [.. (await passkeys.ListAsync(user.Id)).Select(Read)];

    public async Task<StoredAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(IdOf(credentialId)) is { } kept ? await accounts.FindAsync(kept.Account) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(StoredAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(IdOf(credentialId)) is { } kept && kept.Account == user.Id ? Read(kept) : null;

    public Task RemovePasskeyAsync(StoredAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        passkeys.RemoveAsync(user.Id, IdOf(credentialId));

    public Task<string> GetUserIdAsync(StoredAccount user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(StoredAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account.SignInName);

    public Task<string?> GetNormalizedUserNameAsync(StoredAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(AccountStore.Normal(user.Account.SignInName));

    public Task<StoredAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) => accounts.FindAsync(userId);

    public Task<StoredAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        accounts.FindByNameAsync(normalizedUserName);

    public Task SetUserNameAsync(StoredAccount user, string? userName, CancellationToken cancellationToken) => throw NotHere();

    public Task SetNormalizedUserNameAsync(StoredAccount user, string? normalizedName, CancellationToken cancellationToken) =>
        throw NotHere();

    public Task<IdentityResult> CreateAsync(StoredAccount user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> UpdateAsync(StoredAccount user, CancellationToken cancellationToken) => throw NotHere();

    public Task<IdentityResult> DeleteAsync(StoredAccount user, CancellationToken cancellationToken) => throw NotHere();

    // Its store is the container's.
    public void Dispose() { }

    private static NotSupportedException NotHere() => new($"Accounts are changed by {nameof(AccountStore)}.");

    private sealed record Kept(
        byte[] PublicKey,
        uint SignCount,
        string[]? Transports,
        bool IsUserVerified,
        bool IsBackupEligible,
        bool IsBackedUp,
        byte[] AttestationObject,
        byte[] ClientDataJson
    );
}
