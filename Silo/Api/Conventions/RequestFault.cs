using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Something is wrong with a request, found while its parts are read: which part, why, and what to do.</summary>
/// <param name="name">Name of the field, header or parameter.</param>
internal sealed class RequestFault(int status, string name, Words because) : BadHttpRequestException(because.En, status)
{
    public string Name { get; } = name;

    public Words Because { get; } = because;
}
