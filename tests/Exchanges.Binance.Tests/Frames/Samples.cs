using System.Text;

namespace BtcAgent.Exchanges.Binance.Tests.Frames;

/// <summary>Frames in the layout that Binance sends, with made-up numbers.</summary>
internal static class Samples
{
    public const string Trade =
        """{"stream":"btcusdt@trade","data":{"e":"trade","E":1700000000123,"s":"BTCUSDT","t":42,"p":"61837.63000000","q":"0.02000001","T":1700000000120,"m":true,"M":true}}""";

    public const string Quote =
        """{"stream":"btcusdt@bookTicker","data":{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}}""";

    public const string Depth =
        """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1700000000200,"s":"BTCUSDT","U":100,"u":105,"b":[["61737.63000000","0.00000000"],["61730.17000000","1.50000000"]],"a":[["61837.64000000","1.54698000"]]}}""";

    public const string Snapshot =
        """{"lastUpdateId":160,"bids":[["61837.63000000","3.78826000"],["61837.62000000","0.61700000"]],"asks":[["61837.64000000","1.54698000"]]}""";

    public const string Kline =
        """{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1700000000200,"s":"BTCUSDT","k":{"t":1699999980000,"T":1700000039999,"s":"BTCUSDT","i":"1m","f":1,"L":9,"o":"61000.00000000","c":"61010.00000000","h":"61020.00000000","l":"60990.00000000","v":"12.50000000","n":9,"x":false,"q":"762500.00000000","V":"6.00000000","Q":"366000.00000000","B":"0"}}}""";

    public static IReadOnlyList<string> All { get; } = [Trade, Quote, Depth, Snapshot, Kline];

    public static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);

    /// <summary>The same JSON with a space after the first bracket: the literal layout no longer fits.</summary>
    public static byte[] InAnotherLayout(ReadOnlySpan<byte> frame) => [frame[0], (byte)' ', .. frame[1..]];
}
