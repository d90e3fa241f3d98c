using System.Collections.Concurrent;
using TownReform.Silo.Identity.Storage;

namespace TownReform.Silo.Identity;

/// <summary>
/// Accounts and keys as they stand at each request, at the price of one number: what was read stays good while the store's count of changes
/// stays the same. So what is revoked counts no more from the next request on, on any silo.
/// </summary>
internal sealed class LiveAccounts(AccountDatabase database, AccountStore accounts, ApiKeyStore keys)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Read<LiveAccount>> readAccounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Read<ApiKey>> readKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<OutsideLogin, Read<string>> readLinks = new();

    /// <summary>An account with its sessions; null when it isn't there or is shut.</summary>
    /// <param name="session">Read anew when this one isn't among them: it may have begun elsewhere.</param>
    public async ValueTask<LiveAccount?> FindAsync(string id, string? session = null) =>
        await FindAsync(id, session, await database.ChangesAsync());

    private async ValueTask<LiveAccount?> FindAsync(string id, string? session, long changes)
    {
        if (
            !readAccounts.TryGetValue(id, out var read)
            || read.Changes != changes
            || (session is not null && !read.Value.Sessions.Contains(session))
        )
        {
            if (await accounts.LiveAsync(id) is not { } account)
            {
                return null;
            }

            read = Keep(readAccounts, id, new(changes, account));
        }

        return read.Value.Account.DisabledAt is null ? read.Value : null;
    }

    /// <summary>The account that an outside provider's identity stands for; null when there is none, or it is shut.</summary>
    public async ValueTask<LiveAccount?> FindOutsideAsync(string issuer, string subject)
    {
        var (login, changes) = (new OutsideLogin(issuer, subject), await database.ChangesAsync());
        if (!readLinks.TryGetValue(login, out var read) || read.Changes != changes)
        {
            if (await accounts.OutsideIdAsync(issuer, subject) is not { } id)
            {
                return null;
            }

            read = Keep(readLinks, login, new(changes, id));
        }

        return await FindAsync(read.Value, null, changes);
    }

    /// <summary>A key with its account; null when there is none of that id, or the account is shut. Whether the key still counts is the
    /// caller's to ask.</summary>
    public async ValueTask<(ApiKey Key, LiveAccount Account)?> KeyAsync(string id)
    {
        var changes = await database.ChangesAsync();
        if (!readKeys.TryGetValue(id, out var read) || read.Changes != changes)
        {
            if (await keys.FindAsync(id) is not { } key)
            {
                return null;
            }

            read = Keep(readKeys, id, new(changes, key));
        }

        return await FindAsync(read.Value.Account, null, changes) is { } account ? (read.Value, account) : null;
    }

    /// <summary>Remembers that a key was used, so that it isn't noted at each request.</summary>
    public void Used(ApiKey key, DateTimeOffset now)
    {
        if (readKeys.TryGetValue(key.Id, out var read))
        {
            readKeys.TryUpdate(key.Id, read with { Value = read.Value with { LastUsedAt = now } }, read);
        }
    }

    private static Read<T> Keep<TKey, T>(ConcurrentDictionary<TKey, Read<T>> kept, TKey id, Read<T> read)
        where TKey : notnull
    {
        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        return kept[id] = read;
    }

    private sealed record Read<T>(long Changes, T Value);
}
