using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Sums of posts.</summary>
internal sealed class SentimentRows : OneRow<SentimentSums>
{
    public override string Table => "sentiment";

    protected override string Columns => "event_time, asset, number, posts, content_e8, content_tone_e8, content_tone_squared_e8, "
        + "extreme_content_e8, influence_e8, influence_tone_e8, scorer, scorer_hash, log_offset";

    protected override void Check(SentimentSums message) => WireValues.CheckTexts(message.Asset, message.Scorer, message.ScorerHash);

    protected override string? InstrumentOf(SentimentSums message) => null;

    protected override long TimeOf(SentimentSums message) => message.KnownAt;

    protected override async Task WriteAsync(RowWriter writer, SentimentSums message)
    {
        await writer.TextAsync(message.Asset);
        foreach (var value in new[]
        {
            message.Number, message.Posts, message.Content, message.ContentTone, message.ContentToneSquared, message.ExtremeContent, message.Influence,
            message.InfluenceTone,
        })
        {
            await writer.LongAsync(value);
        }

        await writer.TextAsync(message.Scorer);
        await writer.TextAsync(message.ScorerHash);
    }
}
