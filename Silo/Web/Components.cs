using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TownReform.Silo.Web;

/// <summary>A page: a function of its context and of what it shows. It asks nobody.</summary>
/// <typeparam name="TModel">What it shows.</typeparam>
public abstract class Page<TModel> : ComponentBase
    where TModel : class
{
    [Parameter, EditorRequired]
    public PageContext Context { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = null!;

    /// <summary>One of two texts, by the page's language.</summary>
    protected string Say(string chinese, string english) => Context.Say(chinese, english);

    protected string Say(Words words) => Context.Say(words);
}

/// <summary>A part of pages; it has the context of the page that it stands on.</summary>
public abstract class Part : ComponentBase
{
    [CascadingParameter]
    public PageContext Context { get; set; } = null!;

    /// <summary>One of two texts, by the page's language.</summary>
    protected string Say(string chinese, string english) => Context.Say(chinese, english);

    protected string Say(Words words) => Context.Say(words);
}

/// <summary>Answers with pages.</summary>
public static class PageResults
{
    /// <summary>A page as the answer to a request.</summary>
    /// <param name="status">422 for a form that was filled in wrongly, 404 for what there isn't.</param>
    public static RazorComponentResult<TPage> Show<TPage, TModel>(PageContext context, TModel model, int status = StatusCodes.Status200OK)
        where TPage : Page<TModel>
        where TModel : class =>
        new(new Dictionary<string, object?> { [nameof(Page<>.Context)] = context, [nameof(Page<>.Model)] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
