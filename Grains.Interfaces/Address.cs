using System.Buffers.Binary;

namespace TownReform;

/// <summary>Grain keys. The first part is always the world, so that nothing crosses worlds.</summary>
public static class Address
{
    /// <summary>The world of the live town.</summary>
    public const string Live = "live";

    /// <summary>The world of a replication of a run.</summary>
    public static string Simulated(string run, int replication) => FormattableString.Invariant($"sim-{run}-{replication}");

    public static string Town(string world, string town) => $"{world}/{town}";

    /// <summary>Counters of a live town's intake: enough that no silo's is a bottleneck.</summary>
    public const int Counters = 32;

    /// <summary>The counter of a town's intake that a command comes to. A simulated town has one, so that numbers follow the order of
    /// arrival.</summary>
    public static string Intake(string world, string town, Guid command) => $"{world}/{town}/{(world == Live ? CounterOf(command) : 0)}";

    /// <summary>The counter of a command: a hash of its id that is the same in every process and version.</summary>
    public static int CounterOf(Guid command)
    {
        Span<byte> id = stackalloc byte[16];
        command.TryWriteBytes(id);
        var mixed = unchecked(
            (BinaryPrimitives.ReadUInt64LittleEndian(id) ^ BinaryPrimitives.ReadUInt64LittleEndian(id[8..])) * 0x9E3779B97F4A7C15UL
        );
        return (int)(mixed >> 56) % Counters;
    }

    public static string Bureau(string world, string town, string organ) => $"{world}/{town}/{organ}";

    public static string Staff(string world, string town, string staff) => $"{world}/{town}/{staff}";

    public static string Case(string world, string number) => $"{world}/{number}";

    public static string ReceiptNumber(string world, string town, string number) => $"{world}/{town}/{number}";

    public static string CountyOffice(string world, string county, string office) => $"{world}/{county}/{office}";

    public static string AssessmentRound(string world, string town, string round) => $"{world}/{town}/{round}";
}
