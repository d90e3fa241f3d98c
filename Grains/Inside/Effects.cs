using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TownReform.Grains.Inside;

/// <summary>
/// What one grain's recorded event asks of another. Effects commit with the event that caused them and are delivered
/// at least once; a receiver drops what it has seen.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(NumberCertificate), "number-certificate")]
[JsonDerivedType(typeof(CertificateNumbered), "certificate-numbered")]
[JsonDerivedType(typeof(FileWithCounty), "file-with-county")]
[JsonDerivedType(typeof(BeginSecondment), "begin-secondment")]
[JsonDerivedType(typeof(EndSecondment), "end-secondment")]
[JsonDerivedType(typeof(PostFreed), "post-freed")]
[JsonDerivedType(typeof(PostTaken), "post-taken")]
[JsonDerivedType(typeof(StaffAway), "staff-away")]
[JsonDerivedType(typeof(StaffBack), "staff-back")]
[JsonDerivedType(typeof(StaffPosted), "staff-posted")]
[JsonDerivedType(typeof(AdjustPower), "adjust-power")]
[JsonDerivedType(typeof(PowerChanged), "power-changed")]
[JsonDerivedType(typeof(OpenReturnVisit), "open-return-visit")]
[GenerateSerializer, Immutable, Alias("effect")]
public abstract record Effect;

/// <summary>To a rating itself, once it is on record: have the return visit opened (B12).</summary>
[GenerateSerializer, Immutable, Alias("open-return-visit")]
public sealed record OpenReturnVisit : Effect;

/// <summary>To the Seal: set the one seal on this decision and number its certificate (B1).</summary>
[GenerateSerializer, Immutable, Alias("number-certificate")]
public sealed record NumberCertificate(string Case, string Kind, string Item) : Effect;

/// <summary>To the Case: the certificate number that its decision received.</summary>
[GenerateSerializer, Immutable, Alias("certificate-numbered")]
public sealed record CertificateNumbered(string Certificate) : Effect;

/// <summary>To a CountyOffice: the filing copy of a sealed decision (A7, B2). It can only be filed or forwarded.</summary>
/// <param name="Guided">Whether the item is still in its first months, in which the department guides the town (A5).</param>
[GenerateSerializer, Immutable, Alias("file-with-county")]
public sealed record FileWithCounty(string Case, string Town, string Item, bool Forward, bool Guided = false) : Effect;

/// <summary>To a Staff grain: an approved secondment starts (E1). Days are inclusive.</summary>
/// <param name="Exception">The approved reason for a longer term (E2), if any.</param>
[GenerateSerializer, Immutable, Alias("begin-secondment")]
public sealed record BeginSecondment(string Case, string To, DateOnly From, DateOnly Until, string? Exception = null) : Effect;

/// <summary>To a Staff grain: the secondment of that case is over; its last day away is <paramref name="LastDay"/>.</summary>
[GenerateSerializer, Immutable, Alias("end-secondment")]
public sealed record EndSecondment(string Case, DateOnly LastDay) : Effect;

/// <summary>To a Staff grain: its post was freed at the moment of this effect; the person holds no office from then on.</summary>
[GenerateSerializer, Immutable, Alias("post-freed")]
public sealed record PostFreed : Effect;

/// <summary>To a Staff grain: somebody whose post was freed has been appointed again.</summary>
[GenerateSerializer, Immutable, Alias("post-taken")]
public sealed record PostTaken : Effect;

/// <summary>To a Bureau: one of its people is away; hand over what is in hand (E5). Days are inclusive.</summary>
[GenerateSerializer, Immutable, Alias("staff-away")]
public sealed record StaffAway(string Staff, AbsenceKind Kind, DateOnly From, DateOnly Until) : Effect;

/// <summary>To a Bureau: an absence was cut short; the person is back from <paramref name="From"/>.</summary>
[GenerateSerializer, Immutable, Alias("staff-back")]
public sealed record StaffBack(string Staff, DateOnly From) : Effect;

/// <summary>To a Bureau: somebody joined it.</summary>
[GenerateSerializer, Immutable, Alias("staff-posted")]
public sealed record StaffPosted(string Staff) : Effect;

/// <summary>To the Catalogue: the outcome of a power-adjustment case (A4).</summary>
[GenerateSerializer, Immutable, Alias("adjust-power")]
public sealed record AdjustPower(string Case, string Item, PowerChange Change, DateOnly From, string? PromisedLimit) : Effect;

/// <summary>To a Bureau: an item's standing changes from a day on; open cases follow the item's in-flight rule (A4).</summary>
[GenerateSerializer, Immutable, Alias("power-changed")]
public sealed record PowerChanged(string Item, PowerChange Change, DateOnly From) : Effect;

/// <summary>Which event an effect belongs to; unique, and the key by which a receiver drops repeats.</summary>
[GenerateSerializer, Immutable, Alias("effect-id")]
public readonly record struct EffectId(string Stream, long Version, int Ordinal);

/// <summary>An effect under way to a grain.</summary>
/// <param name="TargetType">Grain type of the receiver (<c>case</c>, <c>seal</c>, <c>staff</c>, <c>bureau</c>, <c>catalogue</c>,
/// <c>county-office</c>).</param>
/// <param name="At">The moment of the command that caused it.</param>
[GenerateSerializer, Immutable, Alias("delivery")]
public sealed record Delivery(EffectId Id, string TargetType, string TargetKey, DateTimeOffset At, Effect Effect);

/// <summary>A grain that can tell beforehand whether it would take an effect.</summary>
[Alias("effect-foreseer")]
public interface IEffectForeseer : IGrainWithStringKey
{
    /// <summary>Changes nothing.</summary>
    /// <returns>What the grain has against the effect, as it stands now; null when it would take it.</returns>
    [Orleans.Concurrency.ReadOnly, Alias("would-refuse")]
    Task<Refusal?> WouldRefuseAsync(Effect effect);
}

/// <summary>A grain that takes effects. Returning means that all of them are recorded or were seen before; a throw means deliver
/// again.</summary>
[Alias("effect-receiver")]
public interface IEffectReceiver : IGrainWithStringKey
{
    /// <param name="deliveries">What waits for this grain, in commit order; a busy receiver records many at once.</param>
    [Alias("receive")]
    Task ReceiveAsync(ImmutableArray<Delivery> deliveries);
}
