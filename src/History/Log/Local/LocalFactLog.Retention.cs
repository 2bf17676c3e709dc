namespace BtcAgent.History.Log.Local;

public sealed partial class LocalFactLog
{
    private void Trim()
    {
        var oldest = Timestamp.FromDateTimeOffset(_time.GetUtcNow()) - TimeSpan.FromDays(_options.RetainDays);
        while (_topics.Values.Where(topic => topic.Segments.Length > 1).MinBy(topic => topic.Segments[0].Newest) is { } topic
            && (topic.Segments[0].Newest < oldest || Bytes > _options.RetainMb * 1024L * 1024))
        {
            TrimmedBytes += topic.Segments[0].Length;
            topic.DeleteOldest();
        }
    }
}
