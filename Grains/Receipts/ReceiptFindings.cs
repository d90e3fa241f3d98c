using TownReform.Grains.Rules.Texts;

namespace TownReform.Grains.Receipts;

/// <summary>What is said of a receipt that doesn't hold.</summary>
internal static class ReceiptFindings
{
    public static ReceiptFinding Unreadable() =>
        new(
            ReceiptFault.Unreadable,
            new(
                "这不是回执，或抄录不全。请整段复制，或扫描二维码。",
                "This is no receipt, or not all of one. Copy the whole text, or scan its QR code."
            )
        );

    public static ReceiptFinding KeyUnknown(string key) =>
        new(
            ReceiptFault.KeyUnknown,
            new(
                $"签名所用的密钥 {Characters.Told(key)} 不在公布的公钥之中：回执出自别处，或须取得更新的公钥。",
                $"Key {Characters.Told(key)} that signed it is not among the public keys: it is from elsewhere, or newer keys are needed."
            )
        );

    public static ReceiptFinding SignatureWrong() =>
        new(
            ReceiptFault.SignatureWrong,
            new(
                "签名不符：回执被改动，或不是本镇签发。",
                "The signature doesn't hold: the receipt was changed, or the town didn't sign it."
            )
        );

    public static ReceiptFinding RecordMissing(Receipt of) =>
        new(
            ReceiptFault.RecordMissing,
            new($"案件 {of.Case} 的第 {of.Version} 条记录已不在。", $"Record {of.Version} of case {of.Case} isn't there any more.")
        );

    public static ReceiptFinding RecordChanged(Receipt of) =>
        new(
            ReceiptFault.RecordChanged,
            new(
                $"案件 {of.Case} 的第 {of.Version} 条记录与签发回执时不同。",
                $"Record {of.Version} of case {of.Case} isn't what it was when the receipt was signed."
            )
        );

    public static ReceiptFinding ChainBroken(Words why, string? place) =>
        new(
            ReceiptFault.ChainBroken,
            new(
                $"散列链断裂{(place is null ? "" : $"（{place}）")}：{why.Zh}",
                $"The chain is broken{(place is null ? "" : $" ({place})")}: {why.En}"
            )
        );

    public static ReceiptFinding CommitMissing(Receipt of) =>
        new(
            ReceiptFault.CommitMissing,
            new(
                $"签发时已有的第 {of.Commit} 次提交已不在：记录的尾部被截去。",
                $"Commit {of.Commit}, which was there when it was signed, is gone: the end of the record was cut."
            )
        );

    public static ReceiptFinding CommitChanged(Receipt of) =>
        new(
            ReceiptFault.CommitChanged,
            new(
                $"第 {of.Commit} 次提交的根散列与签发时不同：此前的记录被改动、删去、插入或调换过。",
                $"Commit {of.Commit} has another root than when it was signed: something recorded before was changed, taken out, put in or "
                    + "moved."
            )
        );

    public static ReceiptFinding WordsDiffer() =>
        new(
            ReceiptFault.WordsDiffer,
            new(
                "二十四词与该条记录不符：记录被改动，或编号、条次、词有误。请逐词再核对一次。",
                "The 24 words are not this record's: it was changed, or number, version or a word is wrong. Compare word by word once more."
            )
        );
}
