using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TownReform;

/// <summary>Signed receipts (留痕回执): what somebody keeps of a record, and can check later without trusting the town. Keyed by world; holds
/// nothing.</summary>
[Alias("receipts")]
public interface IReceiptGrain : IGrainWithStringKey
{
    /// <summary>A receipt of one record of a case, signed now. Refused where there is no such case or record.</summary>
    /// <param name="number">Case number.</param>
    /// <param name="version">Number of the record on the case's stream; null for the last.</param>
    [ReadOnly, Alias("issue")]
    Task<Outcome<SignedReceipt>> IssueAsync(string number, long? version);

    /// <summary>
    /// Whether the record still says what a receipt says. Where the signature is wrong the record isn't looked at: nobody learns of a case
    /// by making receipts up. It looks at the case's own stream and at the commit that the receipt names; the whole chain is for
    /// <see cref="IAuditGrain.VerifyAsync"/> and for a third party.
    /// </summary>
    /// <param name="signed">JWS in compact form.</param>
    [ReadOnly, Alias("check")]
    Task<ReceiptVerdict> CheckAsync(string signed);

    /// <summary>Whether a record of a case still has the 24 words that are printed on its receipt. No signature is needed: who doesn't
    /// have the words learns nothing.</summary>
    /// <param name="words">The words, parted by anything that is no letter.</param>
    [ReadOnly, Alias("check-words")]
    Task<ReceiptVerdict> CheckWordsAsync(string number, long version, string words);

    /// <summary>The public keys of all receipts that were ever signed, as a JSON Web Key Set (RFC 7517).</summary>
    [ReadOnly, Alias("keys")]
    Task<string> KeysAsync();
}

/// <summary>What a receipt says.</summary>
/// <param name="Case">Case number.</param>
/// <param name="Version">Number of the record on the case's stream, from 1.</param>
/// <param name="Hash">Hash of that record, lower-case hex.</param>
/// <param name="Commit">The last commit of the record's writer when the receipt was signed: it covers all that this writer had recorded by
/// then.</param>
/// <param name="Root">Root of that commit, lower-case hex.</param>
/// <param name="At">When it was signed, by the town's clock.</param>
/// <param name="Writer">Whose commits they are; 0 where a record has one writer.</param>
/// <param name="Practice">Of a practice town (培训环境): nothing of it is real.</param>
[GenerateSerializer, Immutable, Alias("receipt")]
public sealed record Receipt(
    string Case,
    long Version,
    string Hash,
    long Commit,
    string Root,
    DateTimeOffset At,
    long Writer = 0,
    bool Practice = false
);

/// <param name="Signed">JWS in compact form (RFC 7515), ES256.</param>
/// <param name="Key">Id of the key that signed it.</param>
/// <param name="Words">24 words of case, version and hash, to compare by telephone.</param>
[GenerateSerializer, Immutable, Alias("signed-receipt")]
public sealed record SignedReceipt(string Signed, Receipt Receipt, string Key, ImmutableArray<string> Words);

/// <summary>What a check of a receipt found.</summary>
/// <param name="Receipt">What it says; null where it can't be read or its signature doesn't hold.</param>
/// <param name="Key">Id of the key that it names; null where it can't be read.</param>
/// <param name="Faults">Each thing that is wrong; empty when all holds.</param>
/// <param name="RecordsSince">How many records have followed on the case; null where the record wasn't looked at.</param>
/// <param name="CommitsSince">How many commits its writer has made since; null like that.</param>
[GenerateSerializer, Immutable, Alias("receipt-verdict")]
public sealed record ReceiptVerdict(
    Receipt? Receipt,
    string? Key,
    ImmutableArray<ReceiptFinding> Faults,
    long? RecordsSince = null,
    long? CommitsSince = null
)
{
    public bool Holds => Faults.IsEmpty;
}

/// <param name="Because">In Chinese and English.</param>
[GenerateSerializer, Immutable, Alias("receipt-finding")]
public sealed record ReceiptFinding(ReceiptFault Fault, Words Because);

/// <summary>What can be wrong with a receipt, or with the record that it is of.</summary>
public enum ReceiptFault
{
    /// <summary>It is no receipt.</summary>
    Unreadable = 1,

    /// <summary>It names a key that isn't among those at hand.</summary>
    KeyUnknown = 2,

    /// <summary>It was changed, or somebody else signed it.</summary>
    SignatureWrong = 3,

    /// <summary>The record that it is of isn't there.</summary>
    RecordMissing = 4,

    /// <summary>The record says something else than when the receipt was signed.</summary>
    RecordChanged = 5,

    /// <summary>A chain of the record is broken.</summary>
    ChainBroken = 6,

    /// <summary>The commit that it names isn't there: the end of the record was cut.</summary>
    CommitMissing = 7,

    /// <summary>That commit has another root: something that was recorded before the receipt was changed, taken out or put in.</summary>
    CommitChanged = 8,

    /// <summary>The words are another record's, or one was misheard.</summary>
    WordsDiffer = 9,
}
