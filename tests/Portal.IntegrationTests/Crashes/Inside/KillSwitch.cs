using System.Diagnostics;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Ends its own process by SIGKILL when a point has been reached so often: no handler runs, nothing is written any more.</summary>
internal static class KillSwitch
{
    private static int s_point = -1;
    private static int s_left;

    public static bool IsArmedFor(KillPoint point) => Volatile.Read(ref s_point) == (int)point;

    /// <param name="times">Which time it is reached; 1 is the first.</param>
    public static void Arm(KillPoint point, int times)
    {
        Volatile.Write(ref s_left, times);
        Volatile.Write(ref s_point, (int)point);
    }

    public static void Reach(KillPoint point)
    {
        if (IsArmedFor(point) && Interlocked.Decrement(ref s_left) == 0)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
