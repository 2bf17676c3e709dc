using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Native;

namespace BtcAgent.Models.LightGbm.Tests.Native;

public sealed class BoosterTests
{
    [Fact]
    public void ToText_ReadBack_PredictsTheSame()
    {
        var (values, _) = SyntheticTable.Make(300, 11);
        using var first = Booster.FromText(SyntheticTable.Train(SyntheticTable.Options()).ModelText);
        using var second = Booster.FromText(first.ToText());

        Assert.Equal(
            first.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore),
            second.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore));
        Assert.DoesNotContain("num_threads", first.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_Contributions_SumToTheRawScore()
    {
        var (values, _) = SyntheticTable.Make(100, 12);
        using var booster = Booster.FromText(SyntheticTable.Train(SyntheticTable.Options()).ModelText);

        var raw = booster.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore);
        var parts = booster.Predict(values, SyntheticTable.Columns, PredictionKind.Contribution);

        Assert.Equal(100 * (SyntheticTable.Columns + 1), parts.Length);
        for (var r = 0; r < 100; r++)
        {
            Assert.Equal(raw[r], parts.Skip(r * (SyntheticTable.Columns + 1)).Take(SyntheticTable.Columns + 1).Sum(), 1e-9);
        }
    }

    [Fact]
    public void Predict_NotWholeRows_IsRefused()
    {
        using var booster = Booster.FromText(SyntheticTable.Train(SyntheticTable.Options()).ModelText);

        Assert.Throws<ArgumentException>(() => booster.Predict(new float[7], SyntheticTable.Columns, PredictionKind.RawScore));
        Assert.Throws<ArgumentException>(() => booster.Predict(new float[8], 4, PredictionKind.RawScore));
    }

    [Fact]
    public void FromText_NoModel_SaysSo() => Assert.Throws<ModelFormatException>(() => Booster.FromText("not a model"));

    [Fact]
    public void FromText_FieldsThatPredictionsDoNotUse_PredictsTheSame()
    {
        var (values, _) = SyntheticTable.Make(300, 13);
        var text = SyntheticTable.Train(SyntheticTable.Options()).ModelText;
        var lines = text.Split('\n').Where(line => !line.StartsWith("tree_sizes=", StringComparison.Ordinal))
            .Select(line => line.StartsWith("split_gain=", StringComparison.Ordinal)
                ? "split_gain=inf" + line[line.IndexOf(' ', StringComparison.Ordinal)..]
                : line)
            .Append("parser:\n{\"className\":\"Foo\"}\nend of parser\n");
        using var plain = Booster.FromText(text);
        using var other = Booster.FromText(string.Join('\n', lines));

        Assert.Equal(
            plain.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore),
            other.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore));
    }

    [Fact]
    public void FromText_WindowsLineEnds_PredictsTheSame()
    {
        var text = SyntheticTable.Train(SyntheticTable.Options()).ModelText;
        Assert.Contains("tree_sizes=", text, StringComparison.Ordinal);
        var (values, _) = SyntheticTable.Make(300, 11);
        using var first = Booster.FromText(text);
        using var second = Booster.FromText(text.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(
            first.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore),
            second.Predict(values, SyntheticTable.Columns, PredictionKind.RawScore));
    }

    [Theory]
    [InlineData("left_child=", "left_child=0 ")]
    [InlineData("leaf_value=", "leaf_valeu=")]
    [InlineData("num_leaves=", "num_leaves=9")]
    [InlineData("tree_sizes=", "tree_sizes=9")]
    [InlineData("Tree=1\n", "Tree=7\n")]
    public void FromText_AlteredText_IsRefusedBeforeNativeCodeReadsIt(string from, string to)
    {
        var text = SyntheticTable.Train(SyntheticTable.Options()).ModelText;
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<ModelFormatException>(() => Booster.FromText(text.Replace(from, to, StringComparison.Ordinal)));
    }
}
