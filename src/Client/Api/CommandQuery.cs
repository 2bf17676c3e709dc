using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace BtcAgent.Client.Api;

/// <summary>
/// Refuses a command with a query parameter that it does not take: <c>halt?portfolio=a</c> would halt every portfolio. Queries that
/// only read are answered as before. Control characters are refused in every query: no name or text has them.
/// </summary>
internal sealed class CommandQuery : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        foreach (var (name, values) in request.Query)
        {
            if (name.Concat(values.SelectMany(value => value ?? "")).Where(char.IsControl).Cast<char?>().FirstOrDefault() is { } control)
            {
                return ValueTask.FromResult<object?>(KnownNames.BadRequest(
                    FormattableString.Invariant($"'{Shown(name)}' in the query has the control character U+{(int)control:X4}: leave it out"), Shown(name)));
            }
        }

        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Query.Count == 0)
        {
            return next(context);
        }

        var taken = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(p => p.HasTryParse || p.ParameterInfo.ParameterType == typeof(string))
            .Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return request.Query.Keys.FirstOrDefault(key => !taken.Contains(key)) is { } unknown
            ? ValueTask.FromResult<object?>(KnownNames.BadRequest(
                $"'{Shown(unknown)}' in the query is not known here: a command takes its fields as JSON in the body, such as {{\"reason\":\"…\"}}"))
            : next(context);
    }

    private static string Shown(string key)
    {
        const int Most = 40;
        return string.Concat(key.Take(Most).Select(c => char.IsControl(c) ? ' ' : c));
    }
}
