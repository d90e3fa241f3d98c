using TownReform.Grains.Rules.Plans;

namespace TownReform.Silo.Web.Public;

/// <summary>The service guide of an item (办事指南).</summary>
/// <param name="Town">The town whose item it is.</param>
/// <param name="CanApply">The public can apply for it by itself; whether it may just now is asked at the application.</param>
/// <param name="IsPast">It is told for another day than today.</param>
public sealed record GuideModel(ItemGuide Guide, TownDirectory Town, bool CanApply, bool IsPast)
{
    /// <summary>Whether people apply for it (依申请), rather than the office acting of its own motion (依职权).</summary>
    public bool IsOnApplication { get; } = ItemKinds.IsOnApplication(Town.Items.First(item => item.Code == Guide.Item.Code).Kind);

    public string Path => $"/items/{Uri.EscapeDataString(Guide.Item.Code)}";
}
