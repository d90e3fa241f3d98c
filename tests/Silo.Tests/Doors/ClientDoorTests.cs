using System.Reflection;
using TownReform.Grains.Simulation.Spread;
using TownReform.Silo.Doors;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>A real client tries every method of every grain interface there is, the town's and Orleans' own: those on the list reach a
/// grain, no other does.</summary>
public sealed class ClientDoorTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("door");
    private SiloProcess silo = null!;
    private TownClient client = null!;

    public async ValueTask InitializeAsync()
    {
        silo = await SiloProcess.StartAsync(folder.FullName, SiloProcess.FreePorts());
        client = await TownClient.ConnectAsync([silo]);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await silo.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Call_EachMethodOfEachInterface_PassesIfItIsListedOnly()
    {
        var (passed, refused, methods) = (new List<string>(), new List<string>(), Methods().ToList());
        methods.Count.ShouldBeGreaterThan(60);
        foreach (var method in methods)
        {
            (await IsTurnedAwayAsync(method) ? refused : passed).Add($"{method.DeclaringType!.Name}.{method.Name}");
        }

        var open = methods.Where(method => IsListed(method)).Select(method => $"{method.DeclaringType!.Name}.{method.Name}");
        passed.Distinct().Order(StringComparer.Ordinal).ShouldBe(open.Distinct().Order(StringComparer.Ordinal));
        refused.ShouldContain("IEffectReceiver.ReceiveAsync");
        refused.ShouldContain("ICaseInside.CheckDeadlinesAsync");
        refused.ShouldContain("IManagementGrain.ForceActivationCollection");
        refused.ShouldContain("IRemindable.ReceiveReminder");
        refused.ShouldContain("IReplicationPlaceGrain.RunAsync");

        // None of it did anything, and honest clients are served as before.
        (await client.Audit.VerifyAsync()).Broken.ShouldBeNull();
        (await client.Grains.GetGrain<ITownGrain>(Address.Town(Address.Live, "yandian")).ReadAsync()).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Call_OfAnotherWorld_IsTurnedAway()
    {
        (
            await client.Grains.GetGrain<ITownGrain>("evil/yandian").ReadAsync().ContinueWith(Said, TestContext.Current.CancellationToken)
        ).ShouldBeTrue();
        (
            await client.Grains.GetGrain<ITownGrain>("live").ReadAsync().ContinueWith(Said, TestContext.Current.CancellationToken)
        ).ShouldBeTrue();
    }

    [Fact]
    public async Task Call_OfAnEffect_SaysWhyInBothLanguages()
    {
        var seal = client.Grains.GetGrain<ISealInside>(Address.Town(Address.Live, "yandian"));
        var effect = new Delivery(
            new EffectId("case/F1", 9, 0),
            "seal",
            "yandian",
            default,
            new NumberCertificate("F1", "permit", "YD-XK-002")
        );
        var fault = await Should.ThrowAsync<TownFaultException>(() => seal.ReceiveAsync([effect]));
        (fault.Deed, fault.Because.Zh, fault.Because.En).ShouldBe((Deed.NotDone, fault.Because.Zh, fault.Message));
        fault.Because.Zh.ShouldContain("不对客户端开放");
        (await seal.ReadAsync()).Issued.ShouldBe(0);
        var refusal = (
            await client
                .Grains.GetGrain<ITownInside>(Address.Town(Address.Live, "yandian"))
                .FoundAsync(new FoundTown(new(Guid.Empty, Actor.System, default), []))
        ).Refusal;
        refusal.ShouldNotBeNull().Code.ShouldBe(RefusalCode.NotForClients);
    }

    private static bool Said<T>(Task<T> task) => task.IsFaulted || (task.Result as Outcome<TownView>)?.Refusal is not null;

    private static bool IsListed(MethodInfo method) =>
        OpenCalls.Interfaces.Contains(method.DeclaringType!)
        || method.DeclaringType!.FullName
            is "Orleans.Runtime.IAsyncEnumerableGrainExtension"
                or "Orleans.Runtime.ICancellationSourcesExtension"
        || (method.DeclaringType == typeof(IManagementGrain) && method.Name is "GetHosts" or "GetActivationAddress");

    // Of each interface its own methods; what it inherits is tried with the interface that declares it.
    private static IEnumerable<MethodInfo> Methods() =>
        Loaded()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type =>
                type is { IsInterface: true, IsPublic: true }
                && typeof(IAddressable).IsAssignableFrom(type)
                && !typeof(IGrainObserver).IsAssignableFrom(type)
                && !typeof(ISystemTarget).IsAssignableFrom(type)
            )
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && !method.IsGenericMethod && Proxy(method.DeclaringType!) is not null);

    private static Assembly[] Loaded() =>
        [
            typeof(ICaseGrain).Assembly,
            typeof(ICaseInside).Assembly,
            typeof(IManagementGrain).Assembly,
            typeof(IRemindable).Assembly,
            typeof(IGrainBase).Assembly,
            Assembly.Load("Orleans.Runtime"),
            Assembly.Load("Orleans.Dashboard"),
        ];

    private static Type? Proxy(Type type) =>
        type
            .Assembly.GetTypes()
            .FirstOrDefault(proxy => proxy.IsClass && typeof(GrainReference).IsAssignableFrom(proxy) && type.IsAssignableFrom(proxy));

    private async Task<bool> IsTurnedAwayAsync(MethodInfo method)
    {
        try
        {
            var arguments = method
                .GetParameters()
                .Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)
                .ToArray();
            return await AnswerAsync(method.Invoke(Reference(method.DeclaringType!), arguments))
                    .WaitAsync(Patience, TestContext.Current.CancellationToken)
                    is { } answer
                && answer.GetType().GetProperty("Refusal")?.GetValue(answer) is Refusal { Code: RefusalCode.NotForClients };
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            return ((e as TargetInvocationException)?.InnerException ?? e) is TownFaultException fault
                && fault.Message.Contains("not open to clients", StringComparison.Ordinal);
        }
    }

    private object Reference(Type type)
    {
        var grain =
            type == typeof(IManagementGrain)
                ? client.Grains.GetGrain<IManagementGrain>(0).GetGrainId()
                : type.Name switch
                {
                    var name when name.Contains("Town", StringComparison.Ordinal) => GrainId.Create("town", "live/yandian"),
                    var name when name.Contains("Staff", StringComparison.Ordinal) => GrainId.Create("staff", "live/yandian/YD-024"),
                    var name when name.Contains("Establishment", StringComparison.Ordinal) => GrainId.Create(
                        "establishment",
                        "live/yandian"
                    ),
                    var name when name.Contains("Catalogue", StringComparison.Ordinal) || name == "IEffectForeseer" => GrainId.Create(
                        "catalogue",
                        "live/yandian"
                    ),
                    var name when name.Contains("Seal", StringComparison.Ordinal) => GrainId.Create("seal", "live/yandian"),
                    var name when name.Contains("CountyOffice", StringComparison.Ordinal) => GrainId.Create(
                        "county-office",
                        "live/linqing/construction"
                    ),
                    var name when name.Contains("Assessment", StringComparison.Ordinal) => GrainId.Create(
                        "assessment-round",
                        "live/yandian/2019"
                    ),
                    "IIntakeGrain" or "IIntakeInside" => GrainId.Create("intake", "live/yandian/0"),
                    "IReceiptNumberInside" => GrainId.Create("receipt-number", "live/yandian/1"),
                    "IRatingGrain" => GrainId.Create("rating", "live/YD00000001"),
                    "IEffectsGrain" => GrainId.Create("effects", "live"),
                    "ICaseIndexGrain" => GrainId.Create("case-index", "live"),
                    "IAuditGrain" => GrainId.Create("audit", "live"),
                    var name when name.Contains("Case", StringComparison.Ordinal) => GrainId.Create("case", "live/YD00000001"),
                    var name when name.Contains("Place", StringComparison.Ordinal) && type == typeof(IReplicationPlaceGrain) =>
                        GrainId.Create("replication-place", "r/1"),
                    "ISimulationGrain" => GrainId.Create("simulation", "r"),
                    "IReplicationGrain" => GrainId.Create("replication", "r/1"),
                    _ => GrainId.Create("bureau", "live/yandian/government-service"),
                };
        return client.Grains.GetGrain(grain).Cast(type);
    }

    private static async Task<object?> AnswerAsync(object? called)
    {
        switch (called)
        {
            case null:
                return null;
            case Task task:
                await task;
                return task.GetType().GetProperty("Result")?.GetValue(task);
            case ValueTask task:
                await task;
                return null;
            case IAsyncEnumerable<AuditPart> parts:
                await foreach (var part in parts)
                {
                    return part;
                }

                return null;
            default:
                await (Task)called.GetType().GetMethod("AsTask")!.Invoke(called, [])!;
                return null;
        }
    }
}
