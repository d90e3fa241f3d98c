using System.Collections.Concurrent;
using Orleans.Serialization.Invocation;
using TownReform.Grains.Simulation.Spread;

namespace TownReform.Silo.Doors;

/// <summary>
/// What a client may call on a live silo; whatever isn't here is refused, whoever wrote it: this project, a package or Orleans itself. It
/// is asked by the type
/// of the call that came in the message's body, which names one method of one interface; what the message's head says of itself is never
/// asked.
/// </summary>
internal sealed class OpenCalls
{
    /// <summary>The interfaces that clients are given, each with all of its own methods.</summary>
    public static IReadOnlySet<Type> Interfaces { get; } =
        new HashSet<Type>
        {
            typeof(IAssessmentRoundGrain),
            typeof(IAuditGrain),
            typeof(IBureauGrain),
            typeof(ICaseGrain),
            typeof(ICaseIndexGrain),
            typeof(ICatalogueGrain),
            typeof(ICountyOfficeGrain),
            typeof(IEffectsGrain),
            typeof(IEstablishmentGrain),
            typeof(IIntakeGrain),
            typeof(IReceiptGrain),
            typeof(IRatingGrain),
            typeof(IReadLogGrain),
            typeof(ISealGrain),
            typeof(IStaffGrain),
            typeof(ITownDirectoryGrain),
            typeof(ITownGrain),
            typeof(IWorkplaceGrain),
        };

    /// <summary>Those of runs, where a silo was told to take them.</summary>
    public static IReadOnlySet<Type> OfSimulations { get; } = new HashSet<Type> { typeof(IReplicationPlaceGrain) };

    /// <summary>What Orleans' own client needs: where silos and their grain types are, streams of answers, taking a call back. By name, as
    /// some are internal.</summary>
    private static readonly HashSet<string> OfOrleans =
    [
        "Orleans.Runtime.IClusterManifestSystemTarget",
        "Orleans.Runtime.IAsyncEnumerableGrainExtension",
        "Orleans.Runtime.ICancellationSourcesExtension",
        "Orleans.Runtime.IGrainCallCancellationExtension",
    ];

    /// <summary>Single methods of Orleans' management that only tell: which silos there are, and on which a grain lives.</summary>
    private static readonly HashSet<string> OfManagement =
    [
        nameof(IManagementGrain.GetHosts),
        nameof(IManagementGrain.GetActivationAddress),
    ];

    private static readonly GrainType Place = GrainType.Create("replication-place");

    private static readonly GrainType Management = GrainType.Create("management");

    // By the call's type, of which there is one for each method; a generic one counts once, so that nobody can make it grow.
    private readonly ConcurrentDictionary<Type, bool> known = new();
    private readonly bool simulations;

    /// <param name="simulations">Whether runs of scenarios are taken.</param>
    public OpenCalls(bool simulations) => this.simulations = simulations;

    /// <summary>Whether a client may call this.</summary>
    public bool Holds(IInvokable call)
    {
        var type = call.GetType();
        return known.TryGetValue(type, out var open) ? open && Carries(call) : Look(type, call);
    }

    /// <summary>Whether a client may call this grain: of the live town, a place of runs where they are taken, or a part of
    /// Orleans.</summary>
    public bool Holds(GrainId target)
    {
        var key = target.Key.AsSpan();
        return key.SequenceEqual("live"u8)
            || key.StartsWith("live/"u8)
            || target.IsSystemTarget()
            || target.Type == Management
            || (simulations && target.Type == Place);
    }

    private bool Look(Type type, IInvokable call)
    {
        var open = IsOpen(call.GetInterfaceType(), call.GetMethodName());
        if (!type.IsGenericType)
        {
            known[type] = open;
        }

        return open && Carries(call);
    }

    private bool IsOpen(Type @interface, string method) =>
        Interfaces.Contains(@interface)
        || (simulations && OfSimulations.Contains(@interface))
        || OfOrleans.Contains(@interface.FullName ?? "")
        || (@interface == typeof(IManagementGrain) && OfManagement.Contains(method));

    // A stream of answers is asked for by a call that carries the real one.
    private bool Carries(IInvokable call)
    {
        if (!call.GetType().IsGenericType)
        {
            return true;
        }

        for (var i = 0; i < call.GetArgumentCount(); i++)
        {
            if (call.GetArgument(i) is IInvokable carried && !Holds(carried))
            {
                return false;
            }
        }

        return true;
    }
}
