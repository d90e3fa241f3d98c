using CsCheck;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>What a client is about to do, drawn before anything runs; what it comes to depends on what the others did meanwhile.</summary>
/// <param name="Kind">Permit, secondment, leave or post, in hundredths.</param>
/// <param name="Target">Which of the few cases, people or posts.</param>
/// <param name="Act">Which act; low numbers are what the step asks for.</param>
/// <param name="Who">Which actor; high numbers are somebody who may not.</param>
/// <param name="Id">Below: a new id; else one that was used before, for the same or another act.</param>
internal sealed record Intent(int Kind, int Target, int Act, int Who, int Id, int Days)
{
    private static readonly Gen<int> Hundredth = Gen.Int[0, 99];

    public static Gen<Intent[][]> Crowd(int clients, int steps) =>
        Gen.Select(
                gen1: Hundredth,
                gen2: Hundredth,
                gen3: Hundredth,
                gen4: Hundredth,
                gen5: Hundredth,
                gen6: Hundredth,
                selector: (kind, target, act, who, id, days) => new Intent(kind, target, act, who, id, days)
            )
            .Array[steps]
            .Array[clients];
}
