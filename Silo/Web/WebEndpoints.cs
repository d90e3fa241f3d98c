using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TownReform.Silo.Web;

/// <summary>The pages: rendered on the server, whole without script.</summary>
internal static class WebEndpoints
{
    public static void Add(IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(forgery =>
        {
            forgery.FormFieldName = "form-token";
            forgery.Cookie.Name = "form-token";
            forgery.Cookie.HttpOnly = true;
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddHttpContextAccessor();
        Offices.OfficePages.Add(services);
        // The default writes Chinese as numbers, a third longer.
        services.Replace(ServiceDescriptor.Singleton(HtmlEncoder.Create(UnicodeRanges.All)));
    }

    public static void Map(WebApplication app)
    {
        PageAssets.Map(app);
        Public.PublicPages.Map(app);
        Offices.OfficePages.Map(app);
    }
}
