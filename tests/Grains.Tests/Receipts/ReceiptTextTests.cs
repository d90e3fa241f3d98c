using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using TownReform.Grains.Receipts;

namespace TownReform.Grains.Tests.Receipts;

/// <summary>The signature of a receipt: what was changed, and what somebody else signed, is none.</summary>
public sealed class ReceiptTextTests
{
    private static readonly StoredKey Key = StoredKey.New(DateTimeOffset.UnixEpoch);

    private static readonly Receipt Said = new(
        "YD00000001",
        3,
        new string('a', 64),
        380,
        new string('b', 64),
        new DateTimeOffset(2026, 11, 30, 4, 21, 52, TimeSpan.Zero),
        Writer: 7,
        Practice: true
    );

    private static string Signed => ReceiptText.Sign(Said, Key.Open()).Signed;

    private static ReceiptFault FaultOf(string text, PublicKeys keys)
    {
        var verdict = ReceiptText.Read(text, keys);
        verdict.Receipt.ShouldBeNull("nothing of it is believed");
        return verdict.Faults.ShouldHaveSingleItem().Fault;
    }

    [Fact]
    public void Read_WhatWasSigned_SaysTheSame()
    {
        var verdict = ReceiptText.Read($"  {Signed}\n", PublicKeys.Of([Key]));
        verdict.Holds.ShouldBeTrue();
        (verdict.Receipt, verdict.Key).ShouldBe((Said, Key.Id));
        ReceiptText.Read($$"""{"signed": "{{Signed}}", "words": []}""", PublicKeys.Of([Key])).Holds.ShouldBeTrue("the API's answer, kept");
    }

    [Fact]
    public void Read_EachLetterChanged_IsNeverBelieved()
    {
        var (signed, keys) = (Signed, PublicKeys.Of([Key]));
        for (var n = 0; n < signed.Length - 1; n++)
        {
            var changed = $"{signed[..n]}{(signed[n] == 'A' ? 'B' : 'A')}{signed[(n + 1)..]}";
            // The last letter of a part holds unused bits; what they hide is the same receipt or none.
            var verdict = ReceiptText.Read(changed, keys);
            (verdict.Receipt is null || verdict.Receipt == Said).ShouldBeTrue(changed);
            (verdict.Holds && changed.Split('.')[1] != signed.Split('.')[1]).ShouldBeFalse(changed);
        }
    }

    [Fact]
    public void Read_SignedBySomebodyElse_IsToldAsSuch()
    {
        var keys = PublicKeys.Of([Key]);
        var other = StoredKey.New(DateTimeOffset.UnixEpoch);
        FaultOf(ReceiptText.Sign(Said, other.Open()).Signed, keys).ShouldBe(ReceiptFault.KeyUnknown);
        FaultOf(ReceiptText.Sign(Said, new SigningKey(Key.Id, other.Open().Private)).Signed, keys).ShouldBe(ReceiptFault.SignatureWrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("{")]
    [InlineData("{\"signed\": 3}")]
    public void Read_WhatIsNone_IsUnreadable(string text) => FaultOf(text, PublicKeys.Of([Key])).ShouldBe(ReceiptFault.Unreadable);

    [Theory]
    [InlineData("""{"alg":"none","kid":"KID","typ":"receipt+jws"}""")]
    [InlineData("""{"alg":"HS256","kid":"KID","typ":"receipt+jws"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"checkpoint+jws"}""")]
    public void Read_AnotherAlgorithmOrKind_IsUnreadable(string head)
    {
        var parts = Signed.Split('.');
        var other = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(head.Replace("KID", Key.Id, StringComparison.Ordinal)));
        FaultOf($"{other}.{parts[1]}.", PublicKeys.Of([Key])).ShouldBe(ReceiptFault.Unreadable);
        FaultOf($"{other}.{parts[1]}.{parts[2]}", PublicKeys.Of([Key])).ShouldBe(ReceiptFault.Unreadable);
    }

    [Fact]
    public void Keys_AsTheyArePublished_AreReadBack()
    {
        var keys = PublicKeys.Read(PublicKeys.Of([Key, StoredKey.New(DateTimeOffset.UnixEpoch)]).Json).ShouldNotBeNull();
        keys.Count.ShouldBe(2);
        ReceiptText.Read(Signed, keys).Holds.ShouldBeTrue();
        PublicKeys.Of([Key]).Json.ShouldNotContain(Convert.ToBase64String(Key.Private!));
        PublicKeys.Read("[]").ShouldBeNull();
        PublicKeys.Read("{}").ShouldBeNull();
    }

    [Fact]
    public void Keys_AnotherKeyUnderAKnownName_IsLeftOut()
    {
        var other = StoredKey.New(DateTimeOffset.UnixEpoch);
        var forged = PublicKeys.Of([other]).Json.Replace(other.Id, Key.Id, StringComparison.Ordinal);
        PublicKeys.Read(forged).ShouldBeNull();
    }

    [Fact]
    public void Signature_ChecksWithAnyLibrary()
    {
        // By the standard alone (RFC 7515, RFC 7518), as another program would.
        var parts = Signed.Split('.');
        using var key = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = { X = Base64Url.DecodeFromChars(Key.X), Y = Base64Url.DecodeFromChars(Key.Y) },
            }
        );
        key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
            .ShouldBeTrue();
    }
}
