using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Fixtures;

/// <summary>One case of a real town, acted on by those who have it.</summary>
internal sealed class TestCase(TestTown town, string number)
{
    public string Number => number;

    public string Stream => $"case/{number}";

    public ICaseInside Grain => town.Grains.GetGrain<ICaseInside>(Address.Case(town.World, number));

    public Task<Outcome<CaseView>> TryOpenAsync(string procedure, string subject, Actor actor, DateOnly day, params Field[] fields) =>
        Grain.OpenAsync(
            new OpenCase(
                Stamp: Stamps.Next(PureCase.At(day), actor),
                Town: town.Plan.Code,
                Procedure: procedure,
                Subject: subject,
                Party: PureCase.Citizen,
                Green: false,
                Fields: [.. fields]
            )
        );

    public async Task<CaseView> ViewAsync() => (await Grain.ReadAsync()).ShouldSucceed();

    /// <summary>An act by somebody; what it causes is delivered.</summary>
    public async Task<Outcome<CaseView>> TryAsync(string act, Actor actor, DateOnly day, params Field[] fields)
    {
        var answer = await Grain.ActAsync(new ActOnCase(Stamps.Next(PureCase.At(day), actor), act, [.. fields]));
        await town.DrainAsync();
        return answer;
    }

    public async Task<TestCase> DoAsync(string act, Actor actor, DateOnly day, params Field[] fields)
    {
        (await TryAsync(act, actor, day, fields)).Refusal?.ToString().ShouldBeNull();
        return this;
    }

    /// <summary>An act by the officers to whom the step was given.</summary>
    public async Task<TestCase> DoAsync(string act, DateOnly day, params Field[] fields)
    {
        var view = await ViewAsync();
        view.Officers.ShouldNotBeEmpty($"{number} at {view.Step} has nobody");
        return await DoAsync(
            act,
            await OfficerAsync(),
            day,
            [.. fields, .. view.Officers.Length > 1 ? [new Field("with", view.Officers[1])] : Array.Empty<Field>()]
        );
    }

    /// <summary>Who leads the present step.</summary>
    public async Task<Actor> OfficerAsync()
    {
        var view = await ViewAsync();
        return new Actor(view.Officers[0], view.Workplace![(view.Workplace!.IndexOf('/') + 1)..]);
    }

    public Task<TestCase> ByPublicAsync(string act, DateOnly day, params Field[] fields) => DoAsync(act, PureCase.Public(), day, fields);
}
