package benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What the process had used up at a moment: CPU time of all its threads (collector and compiler too), and bytes allocated
 * by the threads that live.
 */
record Cost(long nanos, long cpuNanos, Map<Long, Long> allocated) {
    static Cost now() {
        OperatingSystemMXBean process =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            allocated.put(ids[i], bytes[i]);
        }
        return new Cost(System.nanoTime(), process.getProcessCpuTime(), allocated);
    }

    /** What was allocated since an earlier moment; a thread that ended in between is not counted. */
    long allocatedSince(Cost earlier) {
        return allocated.entrySet().stream()
                .mapToLong(
                        e ->
                                Math.max(
                                        0,
                                        e.getValue()
                                                - earlier.allocated.getOrDefault(e.getKey(), 0L)))
                .sum();
    }
}
