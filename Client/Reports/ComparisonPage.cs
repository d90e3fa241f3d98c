using System.Net;
using System.Text;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Client.Reports;

/// <summary>Writes a comparison as one self-contained page, in both languages, without a network.</summary>
public static class ComparisonPage
{
    public static void Write(Stream to, RunComparison comparison, Lang lang) =>
        PageParts.Write(
            to,
            "compare.html",
            new Dictionary<string, byte[]>
            {
                ["lang"] = PageParts.LanguageTag(lang),
                ["style"] = PageParts.Read("page.css"),
                ["zh"] = Encoding.UTF8.GetBytes(Body(comparison, Lang.Zh)),
                ["en"] = Encoding.UTF8.GetBytes(Body(comparison, Lang.En)),
            }
        );

    private static string Body(RunComparison comparison, Lang lang)
    {
        var text = new ComparisonText(comparison, lang);
        var html = new StringBuilder();
        html.Append("<h1>")
            .Append(Escaped(ComparisonText.Title.In(lang)))
            .Append("</h1>\n<dl class=\"facts\"><div><dt>A</dt><dd>")
            .Append(Escaped(text.Run(comparison.A)))
            .Append("</dd></div><div><dt>B</dt><dd>")
            .Append(Escaped(text.Run(comparison.B)))
            .Append("</dd></div></dl>\n");
        AppendDifferences(html, comparison, text, lang);
        html.Append("<div class=\"two\">\n");
        foreach (var group in comparison.Groups)
        {
            AppendGroup(html, group, text, lang);
        }

        html.Append("</div>\n<p class=\"note\">");
        foreach (var definition in comparison.Definitions)
        {
            html.Append(Escaped(lang == Lang.Zh ? definition.Zh : definition.En)).Append("<br>\n");
        }

        return html.Append("</p>\n").ToString();
    }

    private static void AppendDifferences(StringBuilder html, RunComparison comparison, ComparisonText text, Lang lang)
    {
        if (!comparison.Unpaired.IsEmpty)
        {
            html.Append("<div class=\"verdict bad\"><strong>").Append(Escaped(ComparisonText.Warning.In(lang))).Append("</strong></div>\n");
        }

        if (comparison.Differences.IsEmpty)
        {
            html.Append("<p>").Append(Escaped(ComparisonText.Alike.In(lang))).Append("</p>\n");
            return;
        }

        var title = Escaped(ComparisonText.Made.In(lang));
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .Append(title)
            .Append("\"><table><caption>")
            .Append(title)
            .Append("</caption><thead><tr><th class=\"text\" scope=\"col\">")
            .Append(Escaped(new Words("路径", "Path").In(lang)))
            .Append("</th><th class=\"text\" scope=\"col\">A</th><th class=\"text\" scope=\"col\">B</th></tr></thead><tbody>\n");
        foreach (var difference in text.Differences)
        {
            html.Append("<tr><th scope=\"row\">")
                .Append(Escaped(difference.Path))
                .Append("</th><td class=\"text words\">")
                .Append(Escaped(difference.A))
                .Append("</td><td class=\"text words\">")
                .Append(Escaped(difference.B))
                .Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        if (text.More is { } more)
        {
            html.Append("<p>").Append(Escaped(more)).Append("</p>\n");
        }
    }

    private static void AppendGroup(StringBuilder html, ComparisonGroup group, ComparisonText text, Lang lang)
    {
        var heading = Escaped(text.Heading(group));
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
            .Append(heading)
            .Append("\"><table><caption>")
            .Append(heading)
            .Append("</caption><thead><tr><th class=\"text\" scope=\"col\">")
            .Append(Escaped(new Words("指标", "Measure").In(lang)))
            .Append("</th><th scope=\"col\">A</th><th scope=\"col\">B</th><th scope=\"col\">")
            .Append(Escaped(ComparisonText.Difference.In(lang)))
            .Append("</th><th scope=\"col\">")
            .Append(Escaped(ComparisonText.Ratio.In(lang)))
            .Append("</th></tr></thead><tbody>\n");
        foreach (var row in group.Rows)
        {
            var style = row.Better switch
            {
                true => " class=\"better\"",
                false => " class=\"worse\"",
                null => "",
            };
            html.Append("<tr><th scope=\"row\">")
                .Append(Escaped(text.Measure(row.Measure)))
                .Append("</th><td>")
                .Append(MeasureWords.Value(row.Measure, row.A))
                .Append("</td><td>")
                .Append(MeasureWords.Value(row.Measure, row.B))
                .Append("</td><td")
                .Append(style)
                .Append('>')
                .Append(Escaped(text.Change(row)))
                .Append("</td><td>")
                .Append(MeasureWords.Times(row))
                .Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
