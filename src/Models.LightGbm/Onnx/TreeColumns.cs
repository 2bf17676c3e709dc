using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// The columns that trees read: features, with LightGBM's treatment of missing zeros and categories. A feature that is read
/// in several ways gets further columns at the end.
/// </summary>
internal sealed class TreeColumns
{
    private readonly List<int> _features;
    private readonly List<Reading?> _readings;
    private readonly Dictionary<(int, Reading), int> _columns = [];

    public TreeColumns(Forest forest)
    {
        _features = [.. Enumerable.Range(0, forest.Features)];
        _readings = [.. _features.Select(_ => (Reading?)null)];
        foreach (var split in forest.Trees.SelectMany(tree => tree.Splits))
        {
            Add(split.Feature, ReadingOf(split));
        }
    }

    private enum Reading : byte
    {
        Plain,
        ZeroMissing,
        Category,
    }

    public int Of(Split split) => _columns[(split.Feature, ReadingOf(split))];

    /// <summary>Adds the nodes that compute the columns from the input.</summary>
    /// <returns>Name of the tensor that the trees read.</returns>
    public string Write(GraphProto graph, string input)
    {
        var current = input;
        if (_features.Distinct().Count() < _features.Count)
        {
            graph.Initializer.Add(OnnxTensor.Of("columns", [.. _features.Select(feature => (long)feature)]));
            graph.Node.Add(OnnxNode.Of("Gather", "gathered", current, "columns").With("axis", 1));
            current = "gathered";
        }

        if (_readings.Contains(Reading.ZeroMissing))
        {
            graph.Initializer.Add(Mask("zero_columns", Reading.ZeroMissing));
            graph.Initializer.Add(OnnxTensor.Of("zero_edge", OnnxTensor.Double, [ZeroBand.Edge]));
            graph.Initializer.Add(OnnxTensor.Of("missing", OnnxTensor.Double, [double.NaN]));
            graph.Node.Add(OnnxNode.Of("Abs", "magnitude", current));
            graph.Node.Add(OnnxNode.Of("LessOrEqual", "is_zero", "magnitude", "zero_edge"));
            graph.Node.Add(OnnxNode.Of("And", "is_missing", "is_zero", "zero_columns"));
            graph.Node.Add(OnnxNode.Of("Where", "zero_missing", "is_missing", "missing", current));
            current = "zero_missing";
        }

        return _readings.Contains(Reading.Category) ? WriteCategories(graph, current) : current;
    }

    // Truncates towards zero; a value that is not a category (negative, NaN) becomes -1, which is in no set.
    private string WriteCategories(GraphProto graph, string current)
    {
        graph.Initializer.Add(Mask("category_columns", Reading.Category));
        graph.Initializer.Add(OnnxTensor.Of("no_category", OnnxTensor.Double, [-1]));
        graph.Node.Add(OnnxNode.Of("Greater", "is_category", current, "no_category"));
        graph.Node.Add(OnnxNode.Of("Abs", "category_magnitude", current));
        graph.Node.Add(OnnxNode.Of("Floor", "truncated", "category_magnitude"));
        graph.Node.Add(OnnxNode.Of("Where", "category", "is_category", "truncated", "no_category"));
        graph.Node.Add(OnnxNode.Of("Where", "with_categories", "category_columns", "category", current));
        return "with_categories";
    }

    private TensorProto Mask(string name, Reading reading) =>
        OnnxTensor.Of(name, [.. _readings.Select(r => r == reading)], 1, _readings.Count);

    private void Add(int feature, Reading reading)
    {
        if (_columns.ContainsKey((feature, reading)))
        {
            return;
        }

        var column = feature;
        if (_readings[feature] is null)
        {
            _readings[feature] = reading;
        }
        else
        {
            column = _features.Count;
            _features.Add(feature);
            _readings.Add(reading);
        }

        _columns.Add((feature, reading), column);
    }

    private static Reading ReadingOf(Split split) => split.IsCategorical ? Reading.Category
        : split.Missing == MissingType.Zero ? Reading.ZeroMissing
        : Reading.Plain;
}
