using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Posts that were read and scored.</summary>
internal sealed class PostRows : OneRow<ScoredPost>
{
    public override string Table => "posts";

    protected override string Columns =>
        "event_time, source, id, language, created_at, received_at, tone, confidence, content, weight, scorer, scorer_hash, log_offset";

    protected override void Check(ScoredPost message) =>
        WireValues.CheckTexts(message.Source, message.Id, message.Language, message.Scorer, message.ScorerHash);

    protected override string? InstrumentOf(ScoredPost message) => null;

    protected override long TimeOf(ScoredPost message) => message.KnownAt;

    protected override async Task WriteAsync(RowWriter writer, ScoredPost message)
    {
        await writer.TextAsync(message.Source);
        await writer.TextAsync(message.Id);
        await writer.TextAsync(message.Language);
        await (message.CreatedAt > 0 ? writer.TimeAsync(message.CreatedAt) : writer.NullAsync());
        await writer.TimeAsync(message.ReceivedAt);
        await writer.DoubleAsync(message.Tone);
        await writer.DoubleAsync(message.Confidence);
        await writer.DoubleAsync(message.Content);
        await writer.DoubleAsync(message.Weight);
        await writer.TextAsync(message.Scorer);
        await writer.TextAsync(message.ScorerHash);
    }
}
