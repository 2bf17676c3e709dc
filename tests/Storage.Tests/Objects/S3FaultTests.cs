using System.Net;
using System.Net.Sockets;
using System.Text;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Storage.Tests.Objects;

/// <summary>Answers that a server of the tests does not give when asked: from a scripted one.</summary>
public sealed class S3FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, "RequestTimeTooSkewed", ObjectStoreFault.Clock, "the clocks of this machine and of the server differ too much: synchronise them (NTP)")]
    [InlineData(507, "XMinioStorageFull", ObjectStoreFault.Full, "no space left (XMinioStorageFull): free space or raise the quota")]
    [InlineData(403, "AccessDenied", ObjectStoreFault.Credentials, "access denied: grant the key reading, writing, listing and deleting in this bucket")]
    [InlineData(503, "SlowDown", ObjectStoreFault.Busy, "the server is overloaded or repairs itself (SlowDown): wait, or check its log")]
    [InlineData(400, "AuthorizationHeaderMalformed", ObjectStoreFault.Missing, "the bucket is in another region (scripted): correct Region or Endpoint")]
    public async Task Put_ErrorOfTheServer_IsExplained(int status, string code, ObjectStoreFault fault, string what)
    {
        using var server = new ScriptedS3(status, code);
        using var store = Open(server.Endpoint);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutBytesAsync("a", [1], PutCondition.None, Cancel));
        Assert.Equal((fault, $"s3://b/ at {server.Endpoint}: {what}"), (error.Fault, error.Message));
    }

    [Fact]
    public async Task Probe_ConditionsNotImplemented_ChecksBeforeTheWrite()
    {
        using var server = new ScriptedS3(501, "NotImplemented") { OnlyConditional = true };
        using var store = Open(server.Endpoint);
        Assert.Equal(ConditionalWrites.None, await store.ProbeAsync(Cancel));

        Assert.Equal(PutOutcome.Created, (await store.PutBytesAsync("a", [1], PutCondition.IfAbsent, Cancel)).Outcome);
        Assert.Equal(PutOutcome.AlreadyThere, (await store.PutBytesAsync("a", [1], PutCondition.IfAbsent, Cancel)).Outcome);
        Assert.Contains("let only one process write here", store.Conditions.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_NoServer_SaysRefused()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endpoint = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        free.Stop();
        using var store = Open(endpoint);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ProbeAsync(Cancel));
        Assert.Equal(
            (ObjectStoreFault.Unreachable, $"s3://b/ at {endpoint}: connection refused: start the server, or correct Endpoint"),
            (error.Fault, error.Message));
        Assert.True(error.IsTransient);
    }

    [Fact]
    public void Open_MissingSecretFile_SaysSo()
    {
        var options = new ObjectStoreOptions { Kind = ObjectStoreKind.S3, Bucket = "b", AccessKey = "k", SecretKeyFile = "/nowhere/secret" };
        var error = Assert.Throws<ObjectStoreException>(() => ObjectStores.Open(options, "unused"));
        Assert.StartsWith("SecretKeyFile '/nowhere/secret' cannot be read", error.Message, StringComparison.Ordinal);
    }

    private static IObjectStore Open(string endpoint) => ObjectStores.Open(
        new ObjectStoreOptions
        {
            Kind = ObjectStoreKind.S3,
            Bucket = "b",
            Endpoint = endpoint,
            AccessKey = "key",
            SecretKey = "secret",
            RetriesMax = 0,
        },
        "unused");

    /// <summary>Answers every request with one error; with <see cref="OnlyConditional"/> it stores objects, and fails conditional writes.</summary>
    private sealed class ScriptedS3 : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Dictionary<string, string> _etags = [];
        private readonly int _status;
        private readonly string _code;
        private readonly Task _serving;

        public ScriptedS3(int status, string code)
        {
            (_status, _code) = (status, code);
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Endpoint = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            }

            _listener.Prefixes.Add(Endpoint + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Endpoint { get; }

        public bool OnlyConditional { get; init; }

        public void Dispose()
        {
            _listener.Close();
            _serving.GetAwaiter().GetResult();
        }

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                await context.Request.InputStream.CopyToAsync(Stream.Null);
                Answer(context.Request, context.Response);
                context.Response.Close();
            }
        }

        private void Answer(HttpListenerRequest request, HttpListenerResponse response)
        {
            var path = request.Url!.AbsolutePath;
            var isConditional = request.Headers["If-None-Match"] is not null || request.Headers["If-Match"] is not null;
            if (!OnlyConditional || isConditional)
            {
                response.StatusCode = _status;
                response.ContentType = "application/xml";
                response.OutputStream.Write(Encoding.UTF8.GetBytes($"<Error><Code>{_code}</Code><Message>scripted</Message></Error>"));
                return;
            }

            switch (request.HttpMethod)
            {
                case "PUT":
                    response.Headers["ETag"] = _etags[path] = "\"1\"";
                    break;
                case "DELETE":
                    _etags.Remove(path);
                    response.StatusCode = 204;
                    break;
                default:
                    response.StatusCode = _etags.TryGetValue(path, out var etag) ? 200 : 404;
                    response.Headers["ETag"] = etag;
                    response.Headers["Last-Modified"] = "Sun, 29 Nov 2026 09:00:00 GMT";
                    break;
            }
        }
    }
}
