using System.Collections.Immutable;

namespace TownReform.Silo.Web.Public;

/// <summary>A page of text that the site says of itself.</summary>
public sealed record StatementModel(Words Title, ImmutableArray<Words> Paragraphs);

/// <summary>What the site says of itself.</summary>
internal static class Statements
{
    public static StatementModel Accessibility { get; } =
        new(
            new("无障碍声明", "Accessibility"),
            [
                new(
                    "本网站按照《网站设计无障碍技术要求》和 WCAG 2.2 AA 级建设：不用脚本也能办理全部业务，可只用键盘操作，放大到 400% 不丢内容，提供大字版，颜色之外另有文字和形状。",
                    "This site is built to WCAG 2.2 AA and the national rules: every service works without script and by keyboard alone, "
                        + "nothing is lost at 400 % zoom, there is large print, and colour never says anything alone."
                ),
                new(
                    "如仍有不便，可到镇便民服务大厅或者村级代办点，由工作人员代办。",
                    "Where something still stands in your way, the service hall of the town or a village point does it for you."
                ),
            ]
        );

    public static StatementModel Privacy { get; } =
        new(
            new("隐私说明", "Privacy"),
            [
                new(
                    "所填内容只用于办理该案，记入案卷；案卷不能修改或者删除，每次查阅都有记录，您可以在“我的案件”里看到谁看过您的案卷。",
                    "What you fill in serves your case alone and enters its record. A record is never changed or deleted; who reads it is "
                        + "recorded, and you see who has read yours under \"My cases\"."
                ),
                new(
                    "本网站只用三种存储：登录凭据；语言和字号的选择；您浏览器里尚未提交的草稿（可随时清除）。不含统计或者广告代码，不从其他网站加载任何内容。",
                    "The site keeps three things in your browser: who is signed in; the choice of language and print; drafts that you have "
                        + "not submitted, which you can clear. It has no analytics and no advertising, and loads nothing from other sites."
                ),
                new(
                    "您选择保存的申请草稿存于服务器，只有您的账户能看到；最后一次保存后留 90 天，提交或者您删除后即删除。随草稿上传的材料只保留 24 小时。",
                    "A draft of an application that you choose to save lies on the server, where your account alone reads it: for 90 days "
                        + "after you saved it last, until you submit the application or delete the draft. Its files are kept for 24 hours."
                ),
            ]
        );
}
