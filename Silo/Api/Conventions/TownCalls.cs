using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// The one way from a request to the grains: what a leaving silo or a lost place rejected is sent again under the same id, and a line that
/// is full is told as "busy". A filter on the silo would catch the grains' own calls too.
/// </summary>
/// <param name="worlds">Null, as is <paramref name="neighbourhood"/>, in a process without grains.</param>
internal sealed class TownCalls(
    IGrainFactory grains,
    RequestWorld? asked = null,
    IWorlds? worlds = null,
    INeighbourhood? neighbourhood = null
)
{
    public IGrainFactory Grains => grains;

    /// <summary>The world that is asked: the live one, or one that a run has held.</summary>
    public string World => asked?.Name ?? Address.Live;

    /// <summary>The moment at which that world is held; null for the live one.</summary>
    public HeldMoment? Held => asked?.Held;

    public ICaseGrain Case(string number) => grains.Grain<ICaseGrain>(Address.Case(World, number));

    public ICaseIndexGrain Index => grains.Grain<ICaseIndexGrain>(World);

    public IStaffGrain Staff(string town, string staff) => grains.Grain<IStaffGrain>(Address.Staff(World, town, staff));

    /// <summary>Somebody's record at a town: without a call where their grain lives on this silo.</summary>
    public Task<Outcome<StaffFacts>> PersonAsync(string town, string person) =>
        World == Address.Live && worlds is not null && neighbourhood is not null
            ? SendAsync(() => neighbourhood.Of(worlds.Of(World)).PersonAsync(town, person).AsTask())
            : SendAsync(() => Staff(town, person).ReadAsync());

    public ICatalogueGrain Catalogue(string town) => grains.Grain<ICatalogueGrain>(Address.Town(World, town));

    public ICountyOfficeGrain CountyOffice(string county, string office) =>
        grains.Grain<ICountyOfficeGrain>(Address.CountyOffice(World, county, office));

    public IBureauGrain Bureau(string town, string office) => grains.Grain<IBureauGrain>(Address.Bureau(World, town, office));

    public ITownDirectoryGrain Directory(string town) => grains.Grain<ITownDirectoryGrain>(Address.Town(World, town));

    /// <summary>Asks for something that is no command.</summary>
    public static Task<T> AskAsync<T>(Func<Task<T>> ask) => SendingAgain.RunAsync(ask);

    /// <summary>Sends a command, or asks a question that may be refused.</summary>
    public static async Task<Outcome<T>> SendAsync<T>(Func<Task<Outcome<T>>> send)
        where T : class
    {
        try
        {
            return await SendingAgain.RunAsync(send);
        }
        catch (LimitExceededException)
        {
            return Busy.After(AnsweringBusy.Wait);
        }
    }
}
