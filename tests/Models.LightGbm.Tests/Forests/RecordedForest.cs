using System.Globalization;
using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Testing;

namespace BtcAgent.Models.LightGbm.Tests.Forests;

/// <summary>A recorded model with test rows and LightGBM's predictions for them.</summary>
public sealed record RecordedForest(Forest Forest, string Text, double[][] Rows, double[][] Predictions, bool Raw)
{
    private const string Folder = "lightgbm-leaves/";

    // Model, rows, column of the first feature, predictions, whether these are raw scores.
    private static readonly Dictionary<string, (string Rows, int Skip, string Predictions, bool Raw)> Cases = new()
    {
        ["genlin_fmtp_poisson_Frequency.model"] = ("genlin_fmtp_poisson_Frequency_features.tsv", 0,
            "genlin_fmtp_poisson_Frequency_true_predictions.txt", false),
        ["genlin_fmtp_tweedie_PurePremium.model"] = ("genlin_fmtp_tweedie_PurePremium_features.tsv", 0,
            "genlin_fmtp_tweedie_PurePremium_true_predictions.txt", false),
        ["lg_dart_breast_cancer.model"] = ("breast_cancer_test.tsv", 0,
            "lg_dart_breast_cancer_true_predictions.txt", false),
        ["lg_kddcup99.model"] = ("kddcup99_test.tsv", 0, "lg_kddcup99_true_predictions.txt", true),
        ["lg_rf_iris.model"] = ("iris_test.libsvm", 0, "lg_rf_iris_true_predictions.txt", false),
        ["lgmulticlass.model"] = ("multiclass_test.tsv", 1, "lgmulticlass_true_predictions.txt", false),
    };

    public static IEnumerable<string> WithPredictions => Cases.Keys;

    public static IEnumerable<string> All => [.. Cases.Keys, "lg_breast_cancer.txt", "model_simple.txt"];

    public static Forest Parse(string name) => Forest.Parse(ReadText(name));

    public static string ReadText(string name) => File.ReadAllText(RecordedData.Require(Folder + name));

    public static RecordedForest Load(string name)
    {
        var (rows, skip, predictions, raw) = Cases[name];
        var text = ReadText(name);
        var features = rows.EndsWith(".libsvm", StringComparison.Ordinal) ? ReadSparse(rows) : ReadRows(rows, skip);
        return new RecordedForest(Forest.Parse(text), text, features, ReadRows(predictions, 0), raw);
    }

    public static double[][] ReadRows(string name, int skip) =>
        [.. File.ReadLines(RecordedData.Require(Folder + name)).Select(line => line
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[skip..]
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray())];

    private static double[][] ReadSparse(string name) =>
        [.. File.ReadLines(RecordedData.Require(Folder + name)).Select(line => line
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(word => double.Parse(word.Split(':')[1], CultureInfo.InvariantCulture)).ToArray())];
}
