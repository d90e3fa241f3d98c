using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>What an HTTP status means here, for people.</summary>
internal static class StatusWords
{
    public static Words Of(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => new("请求有误", "The request can't be read"),
            StatusCodes.Status401Unauthorized => new("请先登录，或附上接口密钥", "Sign in first, or send an API key"),
            StatusCodes.Status403Forbidden => new("无此权限", "Not yours to do"),
            StatusCodes.Status404NotFound => new("没有此内容", "There is nothing at this address"),
            StatusCodes.Status405MethodNotAllowed => new("此地址不支持该方法", "This address doesn't take that method"),
            StatusCodes.Status410Gone => new("留痕已移出内存", "Its records have left memory"),
            StatusCodes.Status406NotAcceptable => new("没有所要的格式", "There is no such format of it"),
            StatusCodes.Status412PreconditionFailed => new("案件已有变动", "The case has moved on"),
            StatusCodes.Status413PayloadTooLarge => new("内容过大", "Too large"),
            StatusCodes.Status415UnsupportedMediaType => new(
                "不接受此内容类型；请用 application/json",
                "That content type isn't taken; send application/json"
            ),
            StatusCodes.Status422UnprocessableEntity => new("内容不合要求", "The content isn't right"),
            StatusCodes.Status428PreconditionRequired => new("须写明所见的版本", "Say which version you have seen"),
            StatusCodes.Status429TooManyRequests => new("请求过于频繁，请稍后再试", "Too many requests; come again a little later"),
            StatusCodes.Status431RequestHeaderFieldsTooLarge => new("请求头过大", "The headers are too large"),
            StatusCodes.Status503ServiceUnavailable => new(
                "暂时不能办理，请稍后再试",
                "This can't be done just now; try again a little later"
            ),
            _ => new($"错误 {Number(status)}", $"Error {Number(status)}"),
        };

    /// <summary>Over refusals of each status.</summary>
    public static Words OfRefusal(int status) =>
        status switch
        {
            StatusCodes.Status412PreconditionFailed
            or StatusCodes.Status422UnprocessableEntity
            or StatusCodes.Status503ServiceUnavailable => Of(status),
            StatusCodes.Status404NotFound => new("查无此项", "Not found"),
            _ => new("不予办理", "Refused"),
        };

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
