using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// Parses the text that LGBM_BoosterSaveModel writes: header, trees, importances, parameters. Refuses any line that it
/// does not know, because it may change predictions.
/// </summary>
internal sealed class ForestParser(string text)
{
    private const int FeaturesMax = 1 << 20;
    private const int OutputsMax = 1 << 16;

    private static readonly HashSet<string> HeaderKeys = new(StringComparer.Ordinal)
    {
        "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective",
        "average_output", "feature_names", "monotone_constraints", "feature_infos", "tree_sizes",

        // LightGBM 2.0; the average is the first tree, so native LightGBM ignores the line, too.
        "boost_from_average",
    };

    /// <summary>LightGBM 2.0 wrote no version; native LightGBM reads its text as it reads v2.</summary>
    private const string Unversioned = "v2";

    private readonly ModelLines _lines = new(text.Replace("\r\n", "\n", StringComparison.Ordinal));
    private readonly List<int> _offsets = [];

    public Forest Parse()
    {
        if (!_lines.ReadFilled() || _lines.Current.Trim() != "tree")
        {
            var dump = text.AsSpan().TrimStart().StartsWith("{");
            throw new ModelFormatException(
                dump ? "this is a JSON dump; save the model as text (save_model) instead"
                    : "the first line must be 'tree'; save the model as text with LightGBM's save_model", 1);
        }

        var header = new ModelFields("the header", _lines, HeaderKeys);
        var more = ReadHeader(header);
        var version = header.Has("version") ? header.Text("version") : Unversioned;
        if (version is not ("v2" or "v3" or "v4"))
        {
            throw header.Error("version", $"'{version}' is not v2, v3 or v4; save the model with LightGBM 2 to 4");
        }

        var classes = header.Integer("num_class", 1, OutputsMax);
        var outputs = header.Has("num_tree_per_iteration") ? header.Integer("num_tree_per_iteration", 1, OutputsMax) : classes;
        var names = header.Words("feature_names");
        if (header.Integer("max_feature_idx", 0, FeaturesMax) + 1 != names.Length)
        {
            throw header.Error("feature_names", $"has {names.Length} names, but max_feature_idx says otherwise");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw header.Error("feature_names", "a name occurs twice; give each feature its own name and train again");
        }

        var objective = ReadObjective(header, classes, outputs);
        var ranges = FeatureInfos.Parse(header, names.Length);
        var trees = ReadTrees(more, names.Length, outputs, header);
        ModelTail.Check(_lines);
        var averages = header.Has("average_output");
        return new Forest
        {
            Version = version,
            Objective = objective,
            Outputs = outputs,
            FeatureNames = [.. names],
            FeatureRanges = ranges,
            Trees = trees,
            AveragesOutput = averages,
            Transform = objective.TransformOf(version, averages, trees),
            TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        };
    }

    private bool ReadHeader(ModelFields header)
    {
        while (_lines.ReadFilled())
        {
            if (_lines.Current.StartsWith("Tree=", StringComparison.Ordinal) || IsEnd(_lines.Current))
            {
                return true;
            }

            header.Add();
        }

        return false;
    }

    private static Objective ReadObjective(ModelFields header, int classes, int outputs)
    {
        if (outputs != classes)
        {
            throw header.Error("num_tree_per_iteration", $"{outputs}, but num_class={classes}");
        }

        var objective = header.Has("objective")
            ? Objective.Parse(header.Text("objective"), classes, header.LineOf("objective"))
            : Objective.Custom;
        if (objective.Name is not ("multiclass" or "multiclassova" or "custom") && outputs != 1)
        {
            throw header.Error("objective", $"{objective.Name} has one output, but num_class={classes}");
        }

        return objective;
    }

    private ImmutableArray<Tree> ReadTrees(bool more, int features, int outputs, ModelFields header)
    {
        var trees = ImmutableArray.CreateBuilder<Tree>();
        while (more && !IsEnd(_lines.Current))
        {
            var due = trees.Count.ToString(CultureInfo.InvariantCulture);
            if (_lines.Current != "Tree=" + due)
            {
                throw _lines.Error($"'Tree={due}' is expected here; the text is damaged, save it again");
            }

            _offsets.Add(_lines.Offset);
            var fields = new ModelFields("tree " + due, _lines, TreeParser.Known);
            while (_lines.Read() && _lines.Current.Length > 0)
            {
                fields.Add();
            }

            trees.Add(TreeParser.Parse(fields, features));
            more = _lines.ReadFilled();
        }

        if (!more)
        {
            throw _lines.Error("the text ends before 'end of trees'; it is truncated, save it again");
        }

        _offsets.Add(_lines.Offset);
        CheckSizes(header, trees.Count);
        return trees.Count > 0 && trees.Count % outputs == 0
            ? trees.ToImmutable()
            : throw _lines.Error(
                $"{trees.Count} trees are not a multiple of {outputs} per iteration; train the model before it is saved");
    }

    // Sizes count the bytes of lines that end in LF; trees are ASCII, so a byte is a character.
    private void CheckSizes(ModelFields header, int trees)
    {
        if (!header.Has("tree_sizes"))
        {
            return;
        }

        var sizes = header.Integers("tree_sizes", trees);
        for (var i = 0; i < trees; i++)
        {
            // LightGBM writes one more blank line between the last tree and the end mark.
            var size = _offsets[i + 1] - _offsets[i];
            if (size != sizes[i] && !(i == trees - 1 && size >= sizes[i] && size <= sizes[i] + 1))
            {
                throw header.Error("tree_sizes", $"says {sizes[i]} for tree {i} of {size} characters; "
                    + "the text was edited or damaged, save it again");
            }
        }
    }

    private static bool IsEnd(string line) => line is "end of trees" or "feature importances:";
}
