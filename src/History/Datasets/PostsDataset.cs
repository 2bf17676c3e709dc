using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Posts that were read and scored, without text and author.</summary>
internal sealed class PostsDataset : Dataset
{
    public override string Name => "posts";

    public override FactTopic Topic => FactTopic.SocialData;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("source", ColumnType.Text, "such as x"),
        new("id", ColumnType.Text, "id at the source"),
        new("language", ColumnType.Text, "ISO 639-1, or und"),
        new("created_at", ColumnType.Time, "when it was written, by the source; null where unknown", IsNullable: true),
        new("received_at", ColumnType.Time, "when this agent received it; the event time is when its score was known"),
        new("tone", ColumnType.Real, "−1 (bad for the price) … 1 (good)"),
        new("confidence", ColumnType.Real, "0…1"),
        new("content", ColumnType.Real, "weight by content, 0…1"),
        new("weight", ColumnType.Real, "weight by content and author, 0…1"),
        new("scorer", ColumnType.Text, "id of the scorer"),
        new("scorer_hash", ColumnType.Text, "SHA-256 of what the scorer reads tones from"),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var post = (ScoredPost)message;
        var row = rows.Begin("", post.KnownAt).Text(post.Source).Text(post.Id).Text(post.Language);
        row = post.CreatedAt > 0 ? row.TimeOnly(post.CreatedAt) : row.Null();
        row.TimeOnly(post.ReceivedAt).Real(post.Tone).Real(post.Confidence).Real(post.Content).Real(post.Weight)
            .Text(post.Scorer).Text(post.ScorerHash).End();
    }
}
