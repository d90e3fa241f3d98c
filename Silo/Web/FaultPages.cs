using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Web;

/// <summary>Pages for what isn't there or couldn't be done.</summary>
internal static class FaultPages
{
    /// <summary>Answers what nobody foresaw, which the middleware logs; nothing of the inside is told.</summary>
    public static Task FaultedAsync(HttpContext http) =>
        ShowAsync(
            http,
            http.Features.Get<IExceptionHandlerFeature>()?.Error switch
            {
                BadHttpRequestException wrong => wrong.StatusCode,
                var fault when WorldReads.IsGone(fault) => StatusCodes.Status410Gone,
                _ => StatusCodes.Status503ServiceUnavailable,
            }
        );

    /// <summary>A page that says what a status means and what to do.</summary>
    public static Task ShowAsync(HttpContext http, int status) => ShowAsync(http, status, Told(status, PageContexts.Of(http).IsSimulated));

    /// <summary>The same with words of its own.</summary>
    public static Task ShowAsync(HttpContext http, int status, FaultModel told)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return PageResults.Show<FaultPage, FaultModel>(PageContexts.Of(http), told, status).ExecuteAsync(http);
    }

    private static FaultModel Told(int status, bool isSimulated) =>
        status switch
        {
            StatusCodes.Status400BadRequest => new(
                new("请求有误", "The request can't be read"),
                new(
                    "页面可能已过期。请返回上一页，刷新后再试；已填写的内容通常仍在。",
                    "The page may have grown old. Go back, load it again and repeat; what you typed is usually still there."
                )
            ),
            StatusCodes.Status403Forbidden => new(
                new("不能由您办理", "Not yours to do"),
                new("该页面属于其他岗位。", "This page belongs to other duties.")
            ),
            StatusCodes.Status404NotFound => new(
                new("没有此页面", "There is no such page"),
                new(
                    "地址可能有误，或者该内容不向您公开。可从首页查找事项，或凭受理编号查询进度。",
                    "The address may be wrong, or this isn't yours to see. Look for a service on the first page, or track a case."
                )
            ),
            StatusCodes.Status405MethodNotAllowed => new(
                new("此处只供查看", "Only to look at"),
                isSimulated ? WorldReads.OnlyLookedInto : new("本页不收表单，请返回上一页。", "This page takes no form; go back.")
            ),
            StatusCodes.Status410Gone => new(new("留痕已移出内存", "Its records have left memory"), WorldReads.RecordsGone),
            StatusCodes.Status413PayloadTooLarge => new(
                new("内容过大", "Too large"),
                new("所传文件或内容超出限制，请缩小后再传。", "What was sent is over the limit; make it smaller and send it again.")
            ),
            StatusCodes.Status429TooManyRequests => new(
                new("请求过于频繁", "Too many requests"),
                new("请稍后再试。", "Come again a little later.")
            ),
            _ => new(
                new("暂时不能办理", "This can't be done just now"),
                new("没有任何内容丢失，请稍后再试。", "Nothing is lost; try again a little later.")
            ),
        };
}

/// <summary>What a fault page says.</summary>
public sealed record FaultModel(Words Title, Words Advice);
