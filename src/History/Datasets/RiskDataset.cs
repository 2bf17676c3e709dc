using System.Collections.Immutable;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Domain.Facts;
using Google.Protobuf;

namespace BtcAgent.History.Datasets;

/// <summary>Changes of the agent: breakers, feeds, limits, models, operators' commands.</summary>
internal sealed class RiskDataset : Dataset
{
    public override string Name => "risk";

    public override FactTopic Topic => FactTopic.AgentEvents;

    public override bool IsByInstrument => false;

    protected override ImmutableArray<DatasetColumn> Own { get; } =
    [
        new("kind", ColumnType.Text, "`BREAKER`, `FEED`, `LIMIT`, `MODEL`, `OPERATOR` or `TRAINING`"),
        new("subject", ColumnType.Text, "portfolio, instrument, strategy or model"),
        new("name", ColumnType.Text, "the breaker's cause, the limit's name, the command"),
        new("from_state", ColumnType.Text, "state before", IsNullable: true),
        new("to_state", ColumnType.Text, "state after"),
        new("actor", ColumnType.Text, "operator or part of the agent", IsNullable: true),
        new("reason", ColumnType.Text, "why", IsNullable: true),
    ];

    internal override void Write(IMessage message, RowWriter rows)
    {
        var change = (AgentEvent)message;
        rows.Begin("", change.Time).Text(change.Kind.ToString().ToUpperInvariant()).Text(change.Subject).Text(change.Name)
            .TextOrNull(change.HasFrom ? change.From : null).Text(change.To).TextOrNull(change.Actor).TextOrNull(change.Reason).End();
    }
}
