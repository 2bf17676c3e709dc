using System.Collections.Frozen;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BtcAgent.Client.Api;

/// <summary>The OpenAPI document: of the API alone, with the key that each call needs and a description of each group.</summary>
internal static class ApiDocument
{
    private const string Key = "key";

    private static readonly FrozenDictionary<string, string> Groups = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Alerts"] = "What needs a person, and the channels that carry it",
        ["Audit"] = "Every action with actor, reason and outcome, chained by hashes",
        ["Confirmations"] = "Commands that wait for a second person",
        ["Control"] = "Commands that stop or start trading",
        ["Decisions"] = "What the agent decided, and why",
        ["Economy"] = "Economic releases: times and surprises",
        ["Events"] = "What happens, as it happens",
        ["History"] = "Stored facts, in pages",
        ["Instruments"] = "Market data",
        ["Keys"] = "Keys of people and programs",
        ["Models"] = "Trained models, their stages and experiments",
        ["Optimizer"] = "Trainings of models while the agent runs",
        ["Orders"] = "Orders and the venue's view of them",
        ["Portfolios"] = "Balances, positions, profit and loss, limits",
        ["Posts"] = "What people write about bitcoin: posts, their tone, sources and budget",
        ["Risk"] = "Risk rules",
        ["Sessions"] = "Sign-ins of browsers",
        ["Signals"] = "Signals of the strategies",
        ["Status"] = "The agent at a glance",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer(NamedEnumConverter.DescribeAsync);
        options.AddSchemaTransformer(WireShapes.DescribeAsync);
        options.AddDocumentTransformer(WireShapes.CorrectAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "BtcAgent";
            document.Info.Description = "The agent's market data, decisions and portfolios, and the operator's commands.";
            document.Servers = [new OpenApiServer { Url = "/", Description = "The gateway that serves this document" }];
            document.AddComponent<IOpenApiSecurityScheme>(Key, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The operator key, an issued key, or an access token of the configured provider",
            });
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
            foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
            {
                tag.Description = Groups.GetValueOrDefault(tag.Name ?? "");
            }

            return Task.CompletedTask;
        });
    }
}
