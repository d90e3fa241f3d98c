using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Web.Acts;
using TownReform.Silo.Web.My;
using TownReform.Silo.Web.Public;

namespace TownReform.Silo.Web;

/// <summary>The pages: rendered on the server, whole without script.</summary>
internal static class WebEndpoints
{
    public static void Add(IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddOutputCache(PublicPageCache.Configure);
        services.AddAntiforgery(forgery =>
        {
            forgery.FormFieldName = "form-token";
            forgery.Cookie.Name = "form-token";
            forgery.Cookie.HttpOnly = true;
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        Offices.OfficePages.Add(services);
        services.AddSingleton<Board.Boards>().AddSingleton<RecentAnswers<string, ImmutableArray<SubjectTotal>>>();
        services.AddScoped<PublicDesk>().AddScoped<FormPapers>().AddScoped<ApplyDesk>().AddScoped<ApplicationDrafts>().AddScoped<MyDesk>();
        services.AddScoped<TestChannel>();
        // The default writes Chinese as numbers, a third longer.
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
    }

    public static void Map(WebApplication app)
    {
        PageAssets.Map(app);
        Offices.OfficePages.Map(app);
        Counties.CountyPages.Map(app);
        Board.BoardPages.Map(app);
        Audit.AuditPages.Map(app);
        PublicPages.Map(app);
        MyPages.Map(app);
        Reads.ReadsPages.Map(app);
    }
}
