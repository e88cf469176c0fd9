# Uses ccache when it is found and nobody has chosen another launcher.
if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(COSP_CCACHE ccache)
  mark_as_advanced(COSP_CCACHE)
  if(COSP_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${COSP_CCACHE})
  endif()
endif()
