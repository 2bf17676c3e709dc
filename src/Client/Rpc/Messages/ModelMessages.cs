using BtcAgent.Client.Api;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about registered models.</summary>
internal static class ModelMessages
{
    public static V1.ModelView Of(ModelView view) => new()
    {
        Model = new V1.Model
        {
            Id = view.Model.Id,
            Strategy = view.Model.Strategy,
            Stage = (V1.ModelStage)view.Model.Stage,
            RegisteredAt = Plain.Time(view.Model.RegisteredAt),
            Moves = { view.Model.Moves.Select(Of) },
            Description = Of(view.Model.Description),
        },
        Verdict = new V1.Verdict { State = Plain.Name(view.Verdict.State), Reasons = { view.Verdict.Reasons.Select(Of) } },
        CanBecome = { view.CanBecome.Select(stage => (V1.ModelStage)stage) },
        Runs = { view.Runs.Select(r => new V1.ModelRun { Instrument = r.Instrument, Trades = r.Trades, Counters = Of(r.Counters), Watch = r.Watch is { } watch ? WatchMessages.Of(watch) : null }) },
        Refusals = { view.Refusals },
    };

    private static V1.ModelDescription Of(ModelDescription description)
    {
        var message = new V1.ModelDescription
        {
            Id = description.Id,
            Hash = description.Hash,
            SchemaHash = Plain.Text(description.SchemaHash),
            Objective = description.Objective,
            Trees = description.Trees,
            Features = { description.Features },
            Label = description.Label,
            TrainedFrom = Plain.Time(description.TrainedFrom),
            TrainedTo = Plain.Time(description.TrainedTo),
            ParityRows = description.ParityRows,
            ParityDifference = description.ParityDifference,
        };
        message.Metrics.Add(description.Metrics);
        message.Lineage.Add(description.Lineage);
        return message;
    }

    private static V1.StageMove Of(StageMove move) => new()
    {
        Time = Plain.Time(move.Time),
        From = (V1.ModelStage)move.From,
        To = (V1.ModelStage)move.To,
        Operator = move.Operator,
        Reason = move.Reason,
        Override = move.Override is { } given ? new V1.VerdictOverride { Person = given.Person, Reason = given.Reason } : null,
    };

    private static V1.VerdictReason Of(VerdictReason reason)
    {
        var message = new V1.VerdictReason { Code = reason.Code, Holds = reason.Holds, Text = reason.Text };
        Optional.Set(reason.Value, value => message.Value = value);
        Optional.Set(reason.Required, value => message.Required = value);
        return message;
    }

    private static V1.ModelCounters Of(ModelRun run)
    {
        var message = new V1.ModelCounters
        {
            ModelId = run.ModelId,
            ModelHash = run.ModelHash,
            Scored = run.Scored,
            Refused = run.Refused,
            Failed = run.Failed,
            Compared = run.Compared,
            Agreed = run.Agreed,
            Judged = run.Judged,
            Hits = run.Hits,
        };
        Optional.Set(run.LastFailure, value => message.LastFailure = value);
        return message;
    }
}
