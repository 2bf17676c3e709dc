using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Sums of posts, as the feeds take them: tone t, weight by content c, weight by content and author w.</summary>
internal sealed class SentimentDataset : Dataset
{
    public override string Name => "sentiment";

    public override FactTopic Topic => FactTopic.Sentiment;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("asset", ColumnType.Text, "such as BTC"),
        new("number", ColumnType.Whole, "of the tally, strictly increasing"),
        new("posts", ColumnType.Whole, "posts since the tally before; 0: the source is alive"),
        new("content_e8", ColumnType.Units, "sum of c"),
        new("content_tone_e8", ColumnType.Units, "sum of c·t"),
        new("content_tone_squared_e8", ColumnType.Units, "sum of c·t²"),
        new("extreme_content_e8", ColumnType.Units, "sum of c where |t| ≥ 0.6"),
        new("influence_e8", ColumnType.Units, "sum of w"),
        new("influence_tone_e8", ColumnType.Units, "sum of w·t"),
        new("scorer", ColumnType.Text, "id of the scorer"),
        new("scorer_hash", ColumnType.Text, "SHA-256 of what the scorer reads tones from"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var sums = (SentimentSums)message;
        rows.Begin("", sums.KnownAt).Text(sums.Asset).Whole(sums.Number).Whole(sums.Posts).Whole(sums.Content).Whole(sums.ContentTone)
            .Whole(sums.ContentToneSquared).Whole(sums.ExtremeContent).Whole(sums.Influence).Whole(sums.InfluenceTone)
            .Text(sums.Scorer).Text(sums.ScorerHash).End();
    }
}
