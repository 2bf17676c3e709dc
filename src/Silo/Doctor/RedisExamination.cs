using BtcAgent.History.Sinks;
using BtcAgent.History.Sinks.Redis;

namespace BtcAgent.Silo.Doctor;

/// <summary>The Redis server of the facts.</summary>
internal sealed class RedisExamination : IExamination
{
    public string Name => "redis";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var options = agent.Section<RedisSinkOptions>(RedisSinkOptions.Section);
        if (options.Connection.Length == 0)
        {
            return [];
        }

        try
        {
            return [Finding.Ok(Name, $"Redis {await RedisProbe.AskAsync(options, cancellationToken)} answers")];
        }
        catch (SinkException e)
        {
            return [Finding.Problem(Name, e.Message, "start the server, or correct History:Redis:Connection")];
        }
    }
}
