using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Channels;

/// <summary>Sends a message to several recipients one after the other; a repeated attempt continues after the last success.</summary>
internal sealed class Recipients(IReadOnlyList<string> numbers)
{
    private string? _delivery;
    private int _done;

    public async Task<ChannelAnswer> SendAsync(AlertDelivery delivery, Func<string, Task<ChannelAnswer>> send)
    {
        if (_delivery != delivery.Id)
        {
            (_delivery, _done) = (delivery.Id, 0);
        }

        while (_done < numbers.Count)
        {
            var answer = await send(numbers[_done]);
            if (answer.Kind != ChannelAnswerKind.Accepted)
            {
                return answer;
            }

            _done++;
        }

        return ChannelAnswer.Accepted;
    }
}
