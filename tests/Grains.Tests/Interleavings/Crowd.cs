using System.Collections.Immutable;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>Clients who all act at once on a few cases, people and posts of one town, and write down what they sent and were
/// answered.</summary>
/// <param name="firstCase">Number of the first case that they use.</param>
internal sealed class Crowd(TestTown town, int firstCase)
{
    /// <summary>Cases that one run of the crowd uses.</summary>
    public const int Cases = Permits + Secondments;

    private const int Permits = 9;
    private const int Secondments = 7;
    private readonly Lock gate = new();
    private readonly List<Draft> made = [];
    private readonly List<Sent> sent = [];
    private long ticks;

    public static string Posts => "establishment/yandian";

    /// <summary>The crowd's count goes on from here, where several run after each other.</summary>
    public long Ticks
    {
        get => ticks;
        init => ticks = value;
    }

    public IReadOnlyList<Sent> Sent => sent;

    public IEnumerable<string> CaseStreams => Enumerable.Range(0, Cases).Select(Stream);

    public async Task RunAsync(Intent[][] intents)
    {
        var clients = Task.WhenAll(intents.Select(ClientAsync));
        while (!clients.IsCompleted)
        {
            await town.DrainAsync();
            await Task.Yield();
        }

        await clients;
        await Eventually.HoldsAsync("all effects are delivered", DeliveredAsync);
    }

    private async Task<bool> DeliveredAsync()
    {
        await town.DrainAsync();
        return await town.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken) == 0;
    }

    private async Task ClientAsync(Intent[] intents)
    {
        await Task.Yield();
        foreach (var intent in intents)
        {
            await SendAsync(await DraftAsync(intent));
        }
    }

    private async ValueTask<Draft> DraftAsync(Intent intent)
    {
        lock (gate)
        {
            if (intent.Id >= 75 && made.Count > 0)
            {
                return Made(Playbook.Again(made[^(1 + (intent.Target % Math.Min(made.Count, 25)))], intent.Id >= 90));
            }
        }

        var draft = intent.Kind switch
        {
            < 75 => await CaseDraftAsync(intent, intent.Kind >= 40),
            < 90 => Playbook.Post(intent, Posts),
            _ => Playbook.Leave(intent),
        };
        lock (gate)
        {
            return Made(draft);
        }
    }

    private async ValueTask<Draft> CaseDraftAsync(Intent intent, bool secondment)
    {
        var stream = Stream(secondment ? Permits + (intent.Target % Secondments) : intent.Target % Permits);
        var view = (await Case(stream).ReadAsync()).Value;
        return view is null ? Playbook.Open(intent, stream, secondment) : Playbook.Act(intent, stream, secondment, view);
    }

    private async Task SendAsync(Draft draft)
    {
        var invoked = Interlocked.Increment(ref ticks);
        var answer = await AskAsync(draft, new Stamp(draft.Id, draft.Actor, PureCase.At(draft.On)));
        var returned = Interlocked.Increment(ref ticks);
        lock (gate)
        {
            sent.Add(new Sent(draft, invoked, returned, answer));
        }
    }

    private async Task<Answer> AskAsync(Draft draft, Stamp stamp)
    {
        ImmutableArray<Field> fields = [.. draft.Fields.Where(f => f.Key != "procedure").Select(f => new Field(f.Key, f.Value))];
        var posts = town.Grains.GetGrain<IEstablishmentInside>(Address.Town(town.World, town.Plan.Code));
        return draft.Act switch
        {
            "open" => Answer.Of(
                await Case(draft.Stream)
                    .OpenAsync(
                        new OpenCase(
                            Stamp: stamp,
                            Town: town.Plan.Code,
                            Procedure: draft.Field("procedure"),
                            Subject: draft.Target,
                            Party: PureCase.Citizen,
                            Green: false,
                            Fields: fields
                        )
                    )
            ),
            "appoint" => Answer.Of(await posts.AppointAsync(new AppointToPost(stamp, draft.Target, (PostClass)PostsModel.Class(draft)))),
            "release" => Answer.Of(await posts.ReleaseAsync(new ReleasePost(stamp, draft.Target))),
            "leave" => Answer.Of(
                await town.Staff(draft.Stream[^6..]).TakeLeaveAsync(new TakeLeave(stamp, draft.Day("from"), draft.Day("until")))
            ),
            _ => Answer.Of(await Case(draft.Stream).ActAsync(new ActOnCase(stamp, draft.Act, fields))),
        };
    }

    private Draft Made(Draft draft)
    {
        made.Add(draft);
        return draft;
    }

    private string Stream(int n) => $"case/{town.Plan.Prefix}{firstCase + n:D8}";

    private ICaseInside Case(string stream) =>
        town.Grains.GetGrain<ICaseInside>(Address.Case(town.World, stream[(stream.IndexOf('/') + 1)..]));
}
