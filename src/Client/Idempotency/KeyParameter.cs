using BtcAgent.Client.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BtcAgent.Client.Idempotency;

/// <summary>Describes the header <c>Idempotency-Key</c> of each command in the OpenAPI document.</summary>
internal static class KeyParameter
{
    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteRule>().LastOrDefault();
        if (rule?.Verb is { } verb && CommandVerbs.All.Contains(verb))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "Repeats with the same key act once, and get the first answer; take another key for another command",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.LengthMax },
            });
        }

        return Task.CompletedTask;
    }
}
