using System.Xml.Linq;

namespace BtcAgent.Architecture.Tests.Rules;

/// <summary>Which project may know which; the table of docs/architecture.md.</summary>
public static class ProjectArrows
{
    private static readonly string[] Exchanges = ["Exchanges.Binance", "Exchanges.Simulator"];

    private static readonly Dictionary<string, string[]> Exact = new()
    {
        ["Domain"] = [],
        ["Alerts"] = ["Domain"],
        ["Streaming.Kafka"] = [],
        ["Contracts"] = ["Domain"],
        ["Economy"] = ["Domain"],
        ["Exchanges.Binance"] = ["Domain"],
        ["Exchanges.Simulator"] = ["Domain"],
        ["Models.LightGbm"] = ["Domain"],
        ["Social"] = ["Domain"],
        ["Social.Transformers"] = ["Social"],
        ["Storage"] = [],
        ["Strategies"] = ["Domain"],
        ["History"] = ["Contracts", "Domain", "Storage"],
        ["Grains"] = ["Contracts", "Domain"],
        ["Client"] = ["Client.Grpc", "Contracts", "Domain"],
        ["Client.Grpc"] = [],
        ["Research"] = ["Domain", "Models.LightGbm", "Storage"],
    };

    /// <summary>Composition roots may leave out what they don't start.</summary>
    private static readonly Dictionary<string, string[]> AtMost = new()
    {
        ["Silo"] = [.. Exact.Keys],
        ["Cli"] = ["Client", "Contracts", "History", "Research", "Silo", "Social", "Social.Transformers", "Storage", "Strategies", "Streaming.Kafka", .. Exchanges],
    };

    /// <param name="projects">Text of each project file, by project name.</param>
    public static IEnumerable<string> Check(IReadOnlyDictionary<string, string> projects)
    {
        foreach (var (name, text) in projects)
        {
            var arrows = References(text, "ProjectReference").Select(NameOf).ToHashSet();
            var exact = Exact.GetValueOrDefault(name);
            if ((exact ?? AtMost.GetValueOrDefault(name)) is not { } allowed)
            {
                yield return $"{name} is not in the table of projects; a new project needs a decision record";
                continue;
            }

            foreach (var other in arrows.Except(allowed))
            {
                yield return $"{name} must not know {other}";
            }

            foreach (var unused in (exact ?? []).Except(arrows))
            {
                yield return $"{name} no longer knows {unused}: correct the table";
            }
        }
    }

    /// <summary>What a project file includes by items of one kind.</summary>
    public static IEnumerable<string> References(string project, string item) =>
        XDocument.Parse(project).Descendants(item).Select(reference => reference.Attribute("Include")!.Value);

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
