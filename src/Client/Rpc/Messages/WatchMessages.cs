using System.Globalization;
using BtcAgent.Domain.Drift;
using V1 = BtcAgent.Client.Grpc.V1;

namespace BtcAgent.Client.Rpc.Messages;

/// <summary>Messages about the watches of serving models.</summary>
internal static class WatchMessages
{
    public static V1.ModelWatch Of(ModelWatchReading reading)
    {
        var message = new V1.ModelWatch
        {
            ModelId = reading.ModelId,
            TrainedTo = Plain.Time(reading.TrainedTo),
            At = Plain.Time(reading.At),
            Drift = Of(reading.Drift),
            Calibration = Of(reading.Calibration),
            Profit = Of(reading.Profit),
            Today = reading.Today is { } today ? Of(today) : null,
            Recomputed = reading.Recomputed,
            ParityBreaks = reading.ParityBreaks,
        };
        Optional.Set(reading.LastBreak, value => message.LastBreak = value);
        return message;
    }

    private static V1.DriftReport Of(DriftReport report) => new()
    {
        State = Plain.Name(report.State),
        Rows = report.Rows,
        DriftedShare = report.DriftedShare,
        Features = { report.Features.Select(Of) },
        Score = report.Score is { } score ? Of(score) : null,
        Text = report.Text,
    };

    private static V1.FeatureDrift Of(FeatureDrift feature) => new()
    {
        Name = feature.Name,
        Psi = feature.Psi,
        KsStatistic = feature.KsStatistic,
        KsPValue = feature.KsPValue,
        MissingShare = feature.MissingShare,
        State = Plain.Name(feature.State),
    };

    private static V1.DecayReading Of(DecayReading reading)
    {
        var message = new V1.DecayReading { State = Plain.Name(reading.State), Text = reading.Text };
        Optional.Set(reading.Figure, value => message.Figure = value);
        Optional.Set(reading.Expected, value => message.Expected = value);
        return message;
    }

    private static V1.ServingDay Of(ServingDay day) => new()
    {
        Day = day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Samples = day.Samples,
        Late = day.Late,
    };
}
