using BtcAgent.Client.Api;
using BtcAgent.Client.Rpc.Calls;
using BtcAgent.Contracts.Queries;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using V1 = BtcAgent.Client.Grpc.V1;
using WellKnown = Google.Protobuf.WellKnownTypes;

namespace BtcAgent.Client.Rpc.Services;

/// <param name="services">Has the history where this process can read it.</param>
internal sealed class HistoryService(IServiceProvider services) : V1.History.HistoryBase
{
    private const int RowsDefault = 100;

    public override async Task<V1.ReadHistoryResponse> Read(V1.ReadHistoryRequest request, ServerCallContext context)
    {
        var page = await context.ReadAsync<HistoryPage>(HistoryApi.PageAsync(
            services.GetService<IHistoryReader>(),
            new HistoryRequest
            {
                Dataset = request.Dataset,
                From = TimeOf("from", request.From),
                To = TimeOf("to", request.To),
                Instrument = request.HasInstrument ? request.Instrument : null,
                Portfolio = request.HasPortfolio ? request.Portfolio : null,
                Strategy = request.HasStrategy ? request.Strategy : null,
                Cursor = request.Cursor.Length == 0 ? null : request.Cursor,
                Limit = RpcPage.SizeOf(request.PageSize, RowsDefault, HistoryApi.LimitMax),
                OldestFirst = request.OldestFirst,
                WithRecord = request.WithRecord,
                Format = FormatOf(request.Format),
            },
            context.GetHttpContext(),
            context.CancellationToken));
        return new V1.ReadHistoryResponse
        {
            Content = UnsafeByteOperations.UnsafeWrap(page.Content),
            ContentType = page.ContentType,
            Rows = page.Rows,
            NextCursor = page.Next ?? "",
        };
    }

    private static HistoryFormat FormatOf(V1.HistoryFormat format) => format switch
    {
        V1.HistoryFormat.Unspecified or V1.HistoryFormat.Json => HistoryFormat.Json,
        V1.HistoryFormat.Csv => HistoryFormat.Csv,
        V1.HistoryFormat.Parquet => HistoryFormat.Parquet,
        _ => throw RpcProblem.BadField("format", $"format is {(int)format}: give JSON, CSV or PARQUET"),
    };

    private static Timestamp? TimeOf(string field, WellKnown.Timestamp? time)
    {
        try
        {
            return time is null ? null : new Timestamp(checked((time.Seconds * Timestamp.NanosecondsPerSecond) + time.Nanos));
        }
        catch (OverflowException)
        {
            throw RpcProblem.BadField(field, $"{field} is {time!.Seconds} s after 1970: the range is 1970…2262");
        }
    }
}
