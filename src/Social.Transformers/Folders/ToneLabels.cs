using System.Collections.Frozen;
using System.Collections.Immutable;

namespace BtcAgent.Social.Transformers.Folders;

/// <summary>A model's classes with their signs: 1 good for the price, −1 bad, 0 neither.</summary>
public sealed class ToneLabels
{
    private static readonly FrozenDictionary<string, int> Known = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["positive"] = 1,
        ["bullish"] = 1,
        ["bull"] = 1,
        ["good"] = 1,
        ["negative"] = -1,
        ["bearish"] = -1,
        ["bear"] = -1,
        ["bad"] = -1,
        ["neutral"] = 0,
        ["none"] = 0,
        ["irrelevant"] = 0,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private ToneLabels(ImmutableArray<string> names, ImmutableArray<int> signs) => (Names, Signs) = (names, signs);

    /// <summary>Names in the order of the model's output.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Signs in the order of the model's output.</summary>
    public ImmutableArray<int> Signs { get; }

    /// <param name="byNumber"><c>id2label</c>.</param>
    /// <exception cref="ModelFolderException">The numbers are not 0…n, a name is not known, or no class is good or none bad.</exception>
    public static ToneLabels Of(IReadOnlyDictionary<string, string> byNumber)
    {
        ArgumentNullException.ThrowIfNull(byNumber);
        var names = Enumerable.Range(0, byNumber.Count)
            .Select(number => byNumber.TryGetValue($"{number}", out var name)
                ? name.Trim().ToLowerInvariant()
                : throw new ModelFolderException($"config.json: id2label has {byNumber.Count} labels, but none with the number {number}: number them from 0"))
            .ToImmutableArray();
        var signs = names.Select((name, number) => Known.TryGetValue(name, out var sign)
            ? sign
            : throw new ModelFolderException(
                $"config.json: the label {number} of id2label is '{name}', whose tone is not known: name it {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}"))
            .ToImmutableArray();
        return signs.Contains(1) && signs.Contains(-1)
            ? new ToneLabels(names, signs)
            : throw new ModelFolderException($"config.json: id2label has {string.Join(", ", names)}; a model of tones has at least one good and one bad class");
    }
}
