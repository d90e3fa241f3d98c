using TownReform.Grains.Tests.Fixtures;

namespace TownReform.Grains.Tests.Interleavings;

/// <summary>What the record says and what the clients say, side by side; tests bend a copy.</summary>
internal sealed record Chronicle(Dictionary<string, List<Recorded>> Streams, List<Sent> Sent)
{
    public static async Task<Chronicle> OfAsync(TestTown town, params IEnumerable<Crowd> crowds)
    {
        var streams = new Dictionary<string, List<Recorded>>();
        var names = crowds
            .SelectMany(crowd => crowd.CaseStreams)
            .Concat(Playbook.People.Select(person => $"staff/yandian/{person}"))
            .Append(Crowd.Posts);
        foreach (var name in names)
        {
            var records = await town.Storage.Journal.ReadAsync(name, 0, TestContext.Current.CancellationToken);
            streams.Add(name, [.. records.Select(record => new Recorded(record))]);
        }

        return new(streams, [.. crowds.SelectMany(crowd => crowd.Sent)]);
    }

    public Chronicle Copy() => new(Streams.ToDictionary(s => s.Key, s => s.Value.ToList()), [.. Sent]);

    /// <summary>All times that a command was sent to a stream under an id for an act.</summary>
    public IEnumerable<Sent> Of(string stream, Guid id) => Sent.Where(s => s.Draft.Stream == stream && s.Draft.Id == id);
}
