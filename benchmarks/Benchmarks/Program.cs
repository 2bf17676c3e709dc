using System.Globalization;
using BenchmarkDotNet.Running;
using BtcAgent.Benchmarks;
using BtcAgent.Benchmarks.FirstHour;
using BtcAgent.Benchmarks.Sentiment;
using BtcAgent.Research.Optimization.Benchmarks;

// `core TAPE…` measures the trading core over a decoded tape, `books` the order book beside sorted blocks, `scoring` a model's
// latency, `bars` ten years of bars, `sweep` many lengths of the reference rule in one pass, `csv` reading bars, `orders` orders through the whole agent, `kafka` ticks through a broker
// (eng/kafka-bench starts one), `sql` facts into PostgreSQL (eng/sql-bench starts one), `sinks` orders beside all sinks (eng/sinks-bench),
// `subscribers` orders beside clients of the live events, `training` orders beside a training job,
// `sentiment [FOLDER]` the tone of posts beside VADER's rules, `lightgbm-table FILE` records the table of the optimizer's benchmark,
// `history TAPE…` the history in Parquet files, `first-hour` the default agent on the embedded market (eng/first-hour); anything else
// goes to BenchmarkDotNet.
if (args is ["core", .. var tapes])
{
    return CoreThroughput.Run(tapes);
}

if (args is ["books"])
{
    return BookComparison.Run();
}

if (args is ["orders"])
{
    await OrderThroughput.RunAsync();
    return 0;
}

if (args is ["kafka", .. var servers])
{
    return await KafkaThroughput.RunAsync(servers);
}

if (args is ["sql", .. var databases])
{
    return await SqlThroughput.RunAsync(databases);
}

if (args is ["sinks", .. var storages])
{
    return await SinkLoad.RunAsync(storages);
}

if (args is ["subscribers", .. var load])
{
    await SubscriberLoad.RunAsync(load);
    return 0;
}

if (args is ["training", .. var rounds])
{
    await TrainingLoad.RunAsync(rounds);
    return 0;
}

if (args is ["subscriber-clients", var http, var grpc, var sseCount, var grpcCount])
{
    await SubscriberClients.RunAsync(http, grpc, int.Parse(sseCount, CultureInfo.InvariantCulture), int.Parse(grpcCount, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["lightgbm-table", var table])
{
    using var output = new StreamWriter(table);
    LightGbmRecording.Write(output);
    return 0;
}

if (args is ["bars"])
{
    return BarThroughput.Run();
}

if (args is ["sweep"])
{
    return SweepThroughput.Run();
}

if (args is ["csv"])
{
    return CsvReading.Run();
}

if (args is ["history", .. var recorded])
{
    return await HistoryFigures.RunAsync(recorded);
}

if (args is ["first-hour", .. var rest])
{
    return FirstHourCommand.Run(rest);
}

if (args is ["sentiment", .. var judged])
{
    return SentimentFigures.Run(judged);
}

if (args is ["scoring"])
{
    ScoringLatency.Run();
    return 0;
}

// In this process: the projects' output names differ from their file names, which the out-of-process build trips over.
BenchmarkSwitcher.FromAssembly(typeof(CoreThroughput).Assembly).Run([.. args, "--inProcess"]);
return 0;
