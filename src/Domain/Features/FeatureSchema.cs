using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace BtcAgent.Domain.Features;

/// <summary>
/// Names and order of a feature vector, with everything that determines its values. Vectors may be compared, and a model
/// may score them, only when their schema hashes are equal.
/// </summary>
public sealed class FeatureSchema
{
    private readonly FrozenDictionary<string, int> _indexes;

    private FeatureSchema(FeatureOptions options, int version)
    {
        Version = version;
        BarInterval = TimeSpan.FromMilliseconds(options.BarIntervalMs);
        Definitions = FeatureCatalog.Of(version);
        _indexes = Definitions.Select((d, i) => (d.Name, i)).ToFrozenDictionary(x => x.Name, x => x.i);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"v{Version};bar={options.BarIntervalMs};sample={options.SampleIntervalMs};");
        text.Append(CultureInfo.InvariantCulture, $"vpin={options.VpinBucketBase:R};");
        foreach (var definition in Definitions)
        {
            text.Append(definition.Name).Append('=').Append(definition.Formula).Append(';');
        }

        Hash = Fnv1a.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    public int Version { get; }

    public ImmutableArray<FeatureDefinition> Definitions { get; }

    /// <summary>Length of the bars of each sample.</summary>
    public TimeSpan BarInterval { get; }

    public int Count => Definitions.Length;

    /// <summary>FNV-1a of version, options, names and formulas.</summary>
    public ulong Hash { get; }

    public static FeatureSchema Create(FeatureOptions options) => new(options, FeatureCatalog.Version);

    /// <summary>The schema of any known version that has this hash with these options; null if none has. For the replay of earlier samples.</summary>
    public static FeatureSchema? Find(FeatureOptions options, ulong hash) => FeatureCatalog.Versions
        .Select(version => new FeatureSchema(options, version)).FirstOrDefault(schema => schema.Hash == hash);

    /// <summary>The version that has these features in this order; null if none has.</summary>
    public static int? VersionOf(IReadOnlyCollection<string> names) => FeatureCatalog.Versions
        .Where(version => FeatureCatalog.Of(version).Select(one => one.Name).SequenceEqual(names)).Select(version => (int?)version).FirstOrDefault();

    /// <exception cref="ArgumentException">The feature does not exist; the message lists the known ones.</exception>
    public int IndexOf(string name) =>
        _indexes.TryGetValue(name, out var index)
            ? index
            : throw new ArgumentException($"feature '{name}' is not in schema v{Version}: known are {string.Join(", ", _indexes.Keys.Order(StringComparer.Ordinal))}");
}
