package iopath.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void theSoftLimitCountsAndNotTheHardOne() {
        assertThat(Room.limit("Limit                     Soft Limit           Hard Limit           Units     \n"
                        + "Max processes             95881                95881                processes \n"
                        + "Max open files            1024                 1048576              files     \n"))
                .isEqualTo(1024);
    }

    @Test
    void whereThereIsNoLimitNothingIsNearIt() {
        assertThat(Room.limit("Max open files            unlimited            unlimited            files     \n"))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Room.limit("")).isEqualTo(Long.MAX_VALUE);
    }
}
