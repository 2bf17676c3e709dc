using BtcAgent.Contracts.Wire.V1;

namespace BtcAgent.History.Sinks.Timescale.Rows;

/// <summary>Breakers, feeds, limits, models and operators' actions.</summary>
internal sealed class AuditRows : OneRow<AgentEvent>
{
    public override string Table => "audit_log";

    protected override string Columns => "event_time, kind, subject, name, from_state, to_state, actor, reason, log_offset";

    protected override void Check(AgentEvent message) => WireValues.CheckTexts(
        message.Subject, message.Name, message.From, message.To, message.Actor, message.Reason);

    protected override string? InstrumentOf(AgentEvent message) => null;

    protected override long TimeOf(AgentEvent message) => message.Time;

    protected override async Task WriteAsync(RowWriter writer, AgentEvent message)
    {
        await writer.TextAsync(message.Kind.ToString().ToLowerInvariant());
        await writer.TextAsync(message.Subject);
        await writer.TextAsync(message.Name);
        await (message.HasFrom ? writer.TextAsync(message.From) : writer.NullAsync());
        await writer.TextAsync(message.To);
        await writer.TextAsync(message.Actor);
        await writer.TextAsync(message.Reason);
    }
}
