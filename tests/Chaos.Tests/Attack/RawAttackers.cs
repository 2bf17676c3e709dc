using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>Attackers that hold connections open, or send invalid bytes, to any port.</summary>
internal static class RawAttackers
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Holds this many connections; each sends one header line a second and never completes the request. Reopens closed ones.
    /// </summary>
    public static async Task DripAsync(AttackTally tally, int port, int connections, CancellationToken stop)
    {
        var held = new List<Socket>();
        var line = Encoding.ASCII.GetBytes("X-Drip: a\r\n");
        try
        {
            using var beat = new PeriodicTimer(Beat);
            do
            {
                held.RemoveAll(socket => !Drip(socket, line, tally));
                for (var opened = 0; held.Count < connections && opened < 200; opened++)
                {
                    if (await ConnectAsync(port, stop) is not { } socket)
                    {
                        break;
                    }

                    socket.Send(Encoding.ASCII.GetBytes("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n"));
                    held.Add(socket);
                }
            }
            while (await beat.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Sends random bytes, beginnings of TLS and of Orleans' frames to each port in turn.</summary>
    public static async Task JunkAsync(AttackTally tally, IReadOnlyList<int> ports, int seed, CancellationToken stop)
    {
        var random = new Random(seed);
        using var beat = new PeriodicTimer(Beat / 5);
        try
        {
            for (var i = 0; await beat.WaitForNextTickAsync(stop); i++)
            {
                if (await ConnectAsync(ports[i % ports.Count], stop) is { } socket)
                {
                    using (socket)
                    {
                        tally.Got(await SendJunkAsync(socket, Junk(random, i / ports.Count), stop));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }

    private static byte[] Junk(Random random, int round)
    {
        var bytes = new byte[random.Next(1, 4_096)];
        random.NextBytes(bytes);
        byte[] head = (round % 3) switch
        {
            0 => [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], // TLS: a hello that never ends.
            1 => [0x0C, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F], // Orleans: header length 12, body length 2 GiB.
            _ => [],
        };
        return [.. head, .. bytes];
    }

    private static async Task<string> SendJunkAsync(Socket socket, byte[] junk, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            await socket.SendAsync(junk, limit.Token);
            return await socket.ReceiveAsync(new byte[256], limit.Token) == 0 ? "closed" : "answered";
        }
        catch (SocketException)
        {
            return "closed";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "heldOpen";
        }
    }

    private static bool Drip(Socket socket, byte[] line, AttackTally tally)
    {
        try
        {
            if (!socket.Poll(0, SelectMode.SelectRead))
            {
                socket.Send(line);
                return true;
            }
        }
        catch (SocketException)
        {
            // Closed by the agent.
        }

        tally.Got("closed");
        socket.Dispose();
        return false;
    }

    private static async Task<Socket?> ConnectAsync(int port, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), stop);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
