using Microsoft.AspNetCore.Components;

namespace TownReform.Silo.Web.Layout;

/// <summary>Head, banners and foot of every page, with the choices of language and print.</summary>
public partial class PageFrame : ComponentBase
{
    private static readonly PageLink[] Public =
    [
        new("/", new("办事指南", "Services")),
        new("/track", new("查询进度", "Track a case")),
        new("/register", new("决定公开", "Public register")),
    ];

    [Parameter, EditorRequired]
    public PageContext Context { get; set; } = null!;

    /// <summary>What this page is, in the reader's language; the name of the site comes behind it.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>A page of work: more of it on one screen.</summary>
    [Parameter]
    public bool IsDesk { get; set; }

    /// <summary>A form on it was filled in wrongly; the title begins with that.</summary>
    [Parameter]
    public bool IsFaulty { get; set; }

    /// <summary>What else the head of the document has.</summary>
    [Parameter]
    public RenderFragment? Head { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private IEnumerable<PageLink> Links => Context.Rooms.Count > 0 ? Context.Rooms : Public;

    private string WholeTitle =>
        (IsFaulty ? Context.Say("有误：", "Error: ") : "")
        + (
            Context.IsSimulated
                ? Context.Say($"模拟世界，虚拟日 {Context.VirtualDay} · ", $"Simulated world, virtual day {Context.VirtualDay} · ")
                : ""
        )
        + Title
        + Context.Say(" · 乡镇办事", " · Town services");

    private string? BodyClass =>
        (IsDesk, Context.IsSimulated) switch
        {
            (true, true) => "desk simulated",
            (true, false) => "desk",
            (false, true) => "simulated",
            _ => null,
        };

    private IEnumerable<Words> Banners
    {
        get
        {
            if (Context.IsPractice)
            {
                yield return new(
                    "培训环境：时钟系人为设定，办理结果不具效力。",
                    "Practice town: its clock was set, and nothing in it counts."
                );
            }

            if (Context.IsSimulated)
            {
                yield return new(
                    "模拟世界：此处人员、案件均非真实，不能办理。",
                    "Simulated world: nobody and no case in it is real; nothing can be done here."
                );
            }

            if (Context.Banner is { } banner)
            {
                yield return banner;
            }
        }
    }

    private bool IsHere(string path)
    {
        var cut = Context.Address.IndexOf('?', StringComparison.Ordinal);
        return (cut < 0 ? Context.Address : Context.Address[..cut]) == path;
    }
}
